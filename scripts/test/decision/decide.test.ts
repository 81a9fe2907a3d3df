import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { adr } from "../../src/decision/adr.ts";
import { type Brief, readBrief, readMusts, readWeights } from "../../src/decision/brief.ts";
import { decide } from "../../src/decision/decide.ts";
import { drivers } from "../../src/decision/drivers.ts";
import type { Evidence } from "../../src/decision/evidence.ts";
import { foundText } from "../../src/decision/musts.ts";
import { threshold, weigh } from "../../src/decision/weigh.ts";
import { brief, level } from "./level.ts";

const other = (changes: Partial<Evidence>): Evidence => ({ ...level, variant: "second", ...changes });

/** By the same evidence whatever the volume. */
const decided = (by: Brief, ...evidence: Evidence[]) => decide(by, () => evidence);
const cited = { command: "pnpm decide", profile: "idiomatic", region: "us-east-1", date: "2026-11-21" };

const verdictOn = (id: string, second: Evidence) =>
  weigh(level, second, {}).verdicts.find(({ driver }) => driver.id === id)!;
const costing = (usd: number) => verdictOn("cost", other({ usdPerMillion: { least: usd, most: usd } }));
const shippingIn = (shippedMs: Evidence["shippedMs"]) => verdictOn("responsiveness", other({ shippedMs }));

describe("a driver", () => {
  test("is won where the difference is the threshold or more, and tied where it is less", () => {
    expect(costing(20 * threshold).winner).toBe("first");
    expect(costing(20 * threshold - 0.01)).toMatchObject({ winner: undefined, why: "closer than the threshold" });
    expect(costing(20 / threshold).winner).toBe("second");
  });

  test("is no one's where sources disagree about it, or it is not known of both", () => {
    expect(shippingIn({ least: 100, most: 2_000 })).toMatchObject({ winner: undefined, why: "sources disagree" });
    expect(shippingIn(undefined)).toMatchObject({ winner: undefined, why: "not known of both" });
    expect(shippingIn({ least: 700, most: 2_000 }).winner).toBe("first");
  });

  test("of which more is better is won by whoever has more", () => {
    const { verdicts } = weigh(level, other({ outageSeconds: { table: 300, lambda: 100 } }), {});
    expect(verdicts.find(({ driver }) => driver.id === "error-handling")!.winner).toBe("second");
  });

  test("can be worsened past the threshold, and then is another's: each of them", () => {
    const worse: Readonly<Record<string, Partial<Evidence>>> = {
      responsiveness: { shippedMs: { least: 900, most: 900 } },
      "error-handling": { outageSeconds: { table: 10, lambda: 100 } },
      recoverability: { outageSeconds: { table: 100, lambda: 10 } },
      throughput: { ceilings: { "us-east-1": { by: "PutEvents", least: 100, most: 100 } } },
      state: { handedBytes: 2_000 },
      change: { changedLines: 120 },
      coupling: { places: 30 },
      observability: { whyCalls: 12 },
      cost: { usdPerMillion: { least: 90, most: 90 } },
    };
    expect(Object.keys(worse).toSorted()).toEqual(drivers.map(({ id }) => id).toSorted());
    for (const [id, change] of Object.entries(worse)) {
      const { verdicts, winner } = weigh(level, other(change), {});
      expect(verdicts.filter((each) => each.winner !== undefined).map(({ driver }) => driver.id)).toEqual([id]);
      expect(winner, id).toBe("first");
    }
  });
});

/** The second is dearer a month, and cheaper an order. */
const costly = (ordersPerMonth: number): Evidence[] => {
  const usd = 5 + 1e9 / ordersPerMonth;
  return [level, other({ usdPerMillion: { least: usd, most: usd }, places: 30 })];
};

describe("a decision", () => {
  const cheap = other({ usdPerMillion: { least: 5, most: 5 }, places: 30, whyCalls: 12 });

  test("goes to whoever has more points, and swapping the names swaps it", () => {
    expect(decided(brief, level, cheap).choice).toBe("first");
    const swapped = decided(brief, { ...level, variant: "second" }, { ...cheap, variant: "first" });
    expect(swapped.choice).toBe("second");
    expect(decided(brief, cheap, level).choice).toBe("first");
  });

  test("flips at the printed weight, and at none nearer to the one it has", () => {
    const { flips, choice } = decided(brief, level, cheap);
    expect(choice).toBe("first");
    const byWeight = flips.filter(({ what }) => what.startsWith("the weight of "));
    expect(byWeight.length).toBeGreaterThan(0);
    for (const { what, from, to, choice: then } of byWeight) {
      const weighed = (weight: number) =>
        decided({ ...brief, weights: { [what.slice("the weight of ".length)]: weight } }, level, cheap).choice;
      expect(weighed(to), what).toBe(then);
      expect(weighed(to), what).not.toBe("first");
      expect(weighed(to + Math.sign(from! - to) / 2), what).toBe("first");
    }
    expect(decided({ ...brief, weights: { cost: 3 } }, level, cheap).choice).toBe("second");
  });

  test("flips at the printed volume, where what is there every month no longer counts", () => {
    const weighed: Brief = { ...brief, ordersPerMonth: 1_000_000, weights: { cost: 3 } };
    const { flips, choice } = decide(weighed, costly);
    expect(choice).toBe("first");
    const { to, choice: then } = flips.find(({ what }) => what === "orders a month")!;
    expect(then).not.toBe("first");
    expect(decide({ ...weighed, ordersPerMonth: to }, costly).choice).toBe(then);
  });

  test("flips at the printed outage, also where it is not the weights that decide", () => {
    const weak = other({ usdPerMillion: { least: 1, most: 1 }, outageSeconds: { table: 7, lambda: 100 } });
    const strict: Brief = { ...brief, must: { survivesOutageSeconds: 60 }, weights: { cost: 10 } };
    const { flips, choice, options } = decided(strict, level, weak);
    expect([choice, options]).toEqual(["first", ["first"]]);
    expect(flips).toEqual([
      { what: "the length of the outage in which half must ship, in seconds,", from: 60, to: 101, choice: undefined },
    ]);
    expect(decided({ ...strict, must: { survivesOutageSeconds: 101 } }, level, weak).options).toEqual([]);
  });

  test("within the thresholds is no decision", () => {
    const same = decided(brief, level, other({}));
    expect(same.choice).toBeUndefined();
    expect(adr(same, [], cited)).toContain("No decision within the thresholds");
  });

  test("leaves out whoever fails a must-have, whatever the weights", () => {
    const must = { survivesOutageSeconds: 60 };
    const weak = other({ usdPerMillion: { least: 1, most: 1 }, outageSeconds: { table: 7, lambda: 100 } });
    const { choice, options, musts } = decided({ ...brief, must, weights: { cost: 10 } }, level, weak);
    expect(options).toEqual(["first"]);
    expect(choice).toBe("first");
    expect(musts["second"]![0]).toMatchObject({
      verdict: "fail",
      found: expect.stringMatching(/ 7 s without table$/) as string,
    });
  });

  test("is none where nobody passes", () => {
    const nobody = decided({ ...brief, must: { auditDays: 3_650 } }, level, other({}));
    expect(nobody).toMatchObject({ options: [], choice: undefined });
  });

  test("asks of a client that waits for all of it, and of one that does not for two calls", () => {
    const must = { answersWithinMs: 100 };
    const waiting = other({ clientWaits: true });
    expect(decided({ ...brief, must }, level, waiting).options).toEqual(["first"]);
  });

  test("passes nobody by what is unknown, fails nobody by it, and says what makes it known", () => {
    const must = { answersWithinMs: 100 };
    const unknown = other({ clientWaits: true, shippedMs: undefined, unknownHops: ["direct", "checkpoint"] });
    const { options, musts } = decided({ ...brief, must }, level, unknown);
    expect(options).toEqual(["first"]);
    expect(foundText(musts["second"]![0]!)).toBe(
      "unknown: no source says how long a direct or checkpoint hop takes; it is known once you say it " +
        "(pnpm decide --direct-hop MS --checkpoint-hop MS)",
    );
  });

  test("asks how long an order can wait for an approval", () => {
    const must = { approvalDays: 1 };
    const hasty = other({ waitsSeconds: 900 });
    expect(decided({ ...brief, must }, level, hasty).options).toEqual(["first"]);
    expect(decided({ ...brief, must }, level, other({ waitsSeconds: Infinity })).options).toHaveLength(2);
  });
});

describe("a decision record", () => {
  const cheap = other({ usdPerMillion: { least: 5, most: 5 }, places: 30, whyCalls: 12 });
  const record = adr(decided({ ...brief, weights: { cost: 0.5 } }, level, cheap), [], cited);

  test("cites for every good and bad a metric, both values and the command that gives them", () => {
    const lines = record.split("\n").filter((line) => /^- (Good|Bad)/.test(line));
    expect(lines.some((line) => line.startsWith("- Good"))).toBe(true);
    expect(lines.some((line) => line.startsWith("- Bad"))).toBe(true);
    for (const line of lines) expect(line).toMatch(/\([a-z.]+, [^)]+\): first .+, second .+`pnpm /);
    expect(lines.filter((line) => line.includes("cost.million"))).toEqual([
      expect.stringContaining("counts 0.5") as string,
    ]);
  });

  test("names the Region whose prices and quotas it is of, and what no driver weighs", () => {
    expect(record).toContain("Figures are of the idiomatic profile and of us-east-1");
    expect(record).toContain("Semantic coupling is in no driver");
  });

  test("says what flips it, what would prove it wrong, and when to decide again", () => {
    expect(record).toMatch(/It flips where the weight of cost goes from 0\.5 to 2: no decision/);
    expect(record).toContain("Proved wrong by: a test");
    expect(record).toContain("Decide again: never");
  });

  test("says whether another brief leads to the same choice", () => {
    const another = { ...brief, title: "Another" };
    const own = decided(brief, level, cheap);
    expect(adr(own, [decided(another, level, cheap)], cited)).toContain('"Another" leads to the same choice');
    expect(adr(own, [decided({ ...another, weights: { cost: 9 } }, level, cheap)], cited)).toContain(
      '"Another" leads to another choice by the same evidence: second',
    );
  });

  test("leaves the reader's judgement out of every figure", () => {
    const opinion = "I like the first one.";
    const judged = decided({ ...brief, judgement: [opinion] }, level, cheap);
    expect(judged.pairs).toEqual(decided(brief, level, cheap).pairs);
    expect(adr(judged, [], cited)).toContain(`- ${opinion}`);
  });
});

describe("a brief", () => {
  const folder = fileURLToPath(new URL("../../briefs/", import.meta.url));
  test.each(readdirSync(folder))("%s can be read", (file) => {
    expect(readBrief(join(folder, file)).title).not.toBe("");
  });

  test.each([
    ["{", /cannot read a brief/],
    ['{"title": ""}', /title/],
    [JSON.stringify({ ...brief, weights: { taste: 1 } }), /weights/],
    [JSON.stringify({ ...brief, must: { cheap: true } }), /must/],
    [JSON.stringify({ ...brief, weights: { cost: 11 } }), /weights\.cost/],
  ])("%s is refused by its field", (text, why) => {
    const file = join(mkdtempSync(join(tmpdir(), "brief-")), "brief.json");
    writeFileSync(file, text);
    expect(() => readBrief(file)).toThrow(why);
  });

  test("takes must-haves and weights from files of their own, and refuses others by their field", () => {
    const file = join(mkdtempSync(join(tmpdir(), "brief-")), "own.json");
    const written = (content: object) => (writeFileSync(file, JSON.stringify(content)), file);
    expect(readMusts(written({ auditDays: 30 }))).toEqual({ auditDays: 30 });
    expect(readWeights(written({ cost: 3 }))).toEqual({ cost: 3 });
    expect(() => readMusts(written({ cheap: true }))).toThrow(/cheap/);
    expect(() => readWeights(written({ taste: 1 }))).toThrow(/taste/);
  });
});
