import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { adr } from "../../src/decision/adr.ts";
import { type Brief, readBrief } from "../../src/decision/brief.ts";
import { decide } from "../../src/decision/decide.ts";
import { drivers } from "../../src/decision/drivers.ts";
import type { Evidence } from "../../src/decision/evidence.ts";
import { threshold, weigh } from "../../src/decision/weigh.ts";

const level: Evidence = {
  variant: "first",
  shippedMs: { least: 400, most: 400 },
  clientWaits: false,
  outageSeconds: { table: 100, lambda: 100 },
  usdPerMillion: { least: 20, most: 20 },
  places: 10,
  whyCalls: 4,
  auditDays: 7,
  messageBytes: 262_144,
};
const other = (changes: Partial<Evidence>): Evidence => ({ ...level, variant: "second", ...changes });

const brief: Brief = {
  title: "A brief",
  context: "A test.",
  ordersPerMonth: 1_000,
  must: {},
  weights: {},
  judgement: [],
  validation: "a test",
  revisit: "never",
};

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

describe("a decision", () => {
  const cheap = other({ usdPerMillion: { least: 5, most: 5 }, places: 30, whyCalls: 12 });

  test("goes to whoever has more points, and swapping the names swaps it", () => {
    expect(decide(brief, [level, cheap]).choice).toBe("first");
    const swapped = decide(brief, [
      { ...level, variant: "second" },
      { ...cheap, variant: "first" },
    ]);
    expect(swapped.choice).toBe("second");
    expect(decide(brief, [cheap, level]).choice).toBe("first");
  });

  test("flips at the printed weight, and not at the one it has", () => {
    const { flips, winner } = decide(brief, [level, cheap]).pairs[0]!;
    expect(winner).toBe("first");
    expect(flips.length).toBeGreaterThan(0);
    for (const flip of flips) {
      const after = weigh(level, cheap, { [flip.driver]: flip.weight });
      expect(after.winner).toBe(flip.winner);
      expect(after.winner).not.toBe("first");
    }
    expect(weigh(level, cheap, { cost: 3 }).winner).toBe("second");
  });

  test("within the thresholds is no decision", () => {
    const same = decide(brief, [level, other({})]);
    expect(same.choice).toBeUndefined();
    expect(adr(same, { command: "pnpm decide", profile: "idiomatic", date: "2026-11-21" })).toContain(
      "No decision within the thresholds",
    );
  });

  test("leaves out whoever fails a must-have, whatever the weights", () => {
    const must = { survivesOutageSeconds: 60 };
    const weak = other({ usdPerMillion: { least: 1, most: 1 }, outageSeconds: { table: 7, lambda: 100 } });
    const { choice, options, musts } = decide({ ...brief, must, weights: { cost: 10 } }, [level, weak]);
    expect(options).toEqual(["first"]);
    expect(choice).toBe("first");
    expect(musts["second"]![0]).toMatchObject({ passed: false, found: expect.stringMatching(/^7 s/) as string });
  });

  test("is none where nobody passes", () => {
    const nobody = decide({ ...brief, must: { auditDays: 3_650 } }, [level, other({})]);
    expect(nobody).toMatchObject({ options: [], choice: undefined });
  });

  test("asks of a client that waits for all of it, and of one that does not for two calls", () => {
    const must = { answersWithinMs: 100 };
    const waiting = other({ clientWaits: true });
    expect(decide({ ...brief, must }, [level, waiting]).options).toEqual(["first"]);
  });
});

describe("a decision record", () => {
  const cheap = other({ usdPerMillion: { least: 5, most: 5 }, places: 30, whyCalls: 12 });
  const record = adr(decide(brief, [level, cheap]), {
    command: "pnpm decide",
    profile: "idiomatic",
    date: "2026-11-21",
  });

  test("cites for every good and bad a metric, both values and the command that gives them", () => {
    const lines = record.split("\n").filter((line) => /^- (Good|Bad)/.test(line));
    expect(lines.some((line) => line.startsWith("- Good"))).toBe(true);
    expect(lines.some((line) => line.startsWith("- Bad"))).toBe(true);
    for (const line of lines) expect(line).toMatch(/first .+, second .+`pnpm /);
  });

  test("says what flips it, what would prove it wrong, and when to decide again", () => {
    expect(record).toMatch(/It flips where the weight of cost goes from 1 to 2: no decision/);
    expect(record).toContain("Proved wrong by: a test");
    expect(record).toContain("Decide again: never");
  });

  test("leaves the reader's judgement out of every figure", () => {
    const opinion = "I like the first one.";
    const judged = decide({ ...brief, judgement: [opinion] }, [level, cheap]);
    expect(judged.pairs).toEqual(decide(brief, [level, cheap]).pairs);
    expect(adr(judged, { command: "", profile: "idiomatic", date: "" })).toContain(`- ${opinion}`);
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
});
