import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { load } from "cheerio";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { synthesize, templateOf } from "../../src/clouds/synthesize.ts";
import { compareCommand } from "../../src/commands/compare.ts";
import { readBrief } from "../../src/decision/brief.ts";
import { decide, type DecisionFile, decisionFile } from "../../src/decision/decide.ts";
import type { Evidence } from "../../src/decision/evidence.ts";
import { regions } from "../../src/decision/quotas.ts";
import { matrixFile, outageFile } from "../../src/faults/kept.ts";
import type { Outable } from "../../src/faults/outage.ts";
import { loadPage } from "../../src/page/load-page.ts";
import type { Page } from "../../src/page/page.ts";
import { align } from "../../src/page/pairs/align.ts";
import { Candidates } from "../../src/page/pairs/choose-pairs.ts";
import { whoKnows } from "../../src/page/pairs/knowledge.ts";
import { sentence } from "../../src/page/pairs/moment-words.ts";
import { type Pair, pairOf } from "../../src/page/pairs/pair.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { columns } from "../../src/page/sections/faults/step-table.ts";
import { spaceTime } from "../../src/page/sections/orders/pairs.ts";
import { type HeldFlow, placesFile } from "../../src/places/places.ts";
import { type RunLine, readRun } from "../../src/runs/log/run-line.ts";
import { stepOf } from "../../src/story/lanes.ts";
import type { Moment, Story } from "../../src/story/story.ts";
import { variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { curve, matrix } from "./kept-files.ts";

/** What the page's script finds an order in. */
interface Findable {
  readonly told: readonly (readonly [status: string, why: string, ids: readonly string[]])[];
  readonly drawn: Readonly<Record<string, string>>;
}

/** The data of the page's script. */
interface Packed {
  readonly words: readonly string[];
  readonly pairs: Readonly<Record<string, { readonly sides: readonly (readonly (readonly number[])[])[] }>>;
}

const out = mkdtempSync(join(tmpdir(), "pairs-"));
const sides = ["choreography", "orchestration"];
let loaded: Page;
let lines: RunLine[];
let page: ReturnType<typeof load>;
beforeAll(async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const scenario = ["happy", "charge-answer-lost", "refund-fails", "submitted-twice"];
  await compareCommand({ scenario, out, report: false, target: "local" });
  vi.restoreAllMocks();
  const all = await Array.fromAsync(readRun(join(out, "run.ndjson")));
  lines = all.filter((line) => line.type !== "RunStarted" && line.type !== "PathTotal");
  loaded = await loadPage(out);
  page = load(renderPage(loaded));
}, 120_000);

/** The arrows of a picture as `from > to`, in the names of its lanes, read off the lines that are drawn. */
function arrowsOf(pair: Pair, side: number): string[] {
  const drawn = page(`#${pair.id} .side`).eq(side);
  const { lanes } = pair.stories[side]!;
  const places = [
    ...drawn
      .find("path.lane")
      .attr("d")!
      .matchAll(/M(\S+)/g),
  ].map(([, x]) => Number(x));
  expect(places).toHaveLength(lanes.length);
  const nameAt = (x: number) => lanes[places.indexOf(x)]!.name;
  return ["call", "answer", "event"].flatMap((kind) => {
    const paths = drawn.find(`path.${kind}`).attr("d")!;
    const ways = [...paths.matchAll(/M(\S+) \S+H([\d.]+)(?:m(-?4))?/g)].map(([, begins, ends, head]) => {
      const [from, end] = [Number(begins), Number(ends)];
      // The head is pulled back from the lane; what was lost has none and stops half way.
      return `${nameAt(from)} > ${nameAt(head === undefined ? 2 * end - from : end - Number(head))}`;
    });
    expect(ways).toHaveLength(paths.split("M").length - 1);
    return ways;
  });
}

/** What the lines of an order say of who handed something to whom, in the same words. */
function handovers(own: readonly RunLine[]): string[] {
  const steps = new Map(
    own.flatMap((line) => (line.type === "InvocationStarted" ? [[line.requestId, stepOf(line.functionName)!]] : [])),
  );
  const isExecution = own.some(({ type }) => type === "ExecutionEvent");
  return own.flatMap((line) => {
    if (line.type === "EventPublished") return `${steps.get(line.causationId ?? "") ?? "client"} > event bus`;
    if (line.type === "Delivery") return `event bus > ${stepOf(line.target)}`;
    if (line.type === "InvocationStarted" && !line.asynchronous) return `state machine > ${stepOf(line.functionName)}`;
    if (line.type === "InvocationEnded" && isExecution) return `${stepOf(line.functionName)} > state machine`;
    if (line.type !== "AwsCall" || line.service !== "dynamodb") return [];
    return `${stepOf(line.caller) ?? "client"} > ${storeOf(line.dependency)}`;
  });
}

const storeOf = (dependency = "order-table"): string => dependency.replace("-", " ");

/** How often each stands in a list. */
const tally = (all: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(all, (each) => each)].map(([each, own]) => [each, own.length]));

describe("the pictures of an order", () => {
  test("have as many arrows between two who take part as the log has lines of it", () => {
    expect(loaded.pairs.map(({ batch }) => batch).toSorted()).toEqual(
      ["charge-answer-lost", "happy", "refund-fails", "submitted-twice"].toSorted(),
    );
    for (const pair of loaded.pairs) {
      for (const [side, { variant }] of pair.stories.entries()) {
        const own = lines.filter((line) => line.orderId === pair.orderId && line.variant === variant);
        const drawn = arrowsOf(pair, side).filter((arrow) => !/^client > (order table|state machine)$/.test(arrow));
        const what = `${pair.batch} in the ${variant}`;
        expect(drawn.length, what).toBeGreaterThan(10);
        expect(tally(drawn), what).toEqual(tally(handovers(own)));
      }
    }
  });

  test("say in words what they show, a row for each moment: the first on the page, the others for the script", () => {
    const { words, pairs } = JSON.parse(page("#moments").text()) as Packed;
    expect(Object.keys(pairs)).toEqual(loaded.pairs.map(({ id }) => id));
    for (const [index, pair] of loaded.pairs.entries()) {
      for (const [side, { moments }] of pair.stories.entries()) {
        const rows = pairs[pair.id]!.sides[side]!;
        expect(rows).toHaveLength(moments.length);
        const told = rows.map(([, , , what]) => words[what!]);
        expect(told).toEqual(moments.map((moment) => sentence(pair.stories[side]!, moment)));
        const shown = page(`#${pair.id} table.moments`).eq(side).find("tr.m");
        expect(shown).toHaveLength(index === 0 ? moments.length : 0);
      }
    }
  });

  test("begin with the one of which the variants differ most, and only that is open", () => {
    const [first, ...others] = page("details.pair").toArray();
    expect(first!.attribs["open"]).toBeDefined();
    expect(others.filter(({ attribs }) => attribs["open"] !== undefined)).toEqual([]);
    expect(loaded.pairs[0]!.batch).toBe("submitted-twice");
  });

  test("say of whoever must end its scenario otherwise why, as it declares", () => {
    const [pair] = loaded.pairs;
    const named = { ...loaded, variants: [...sides, "express-sync", "express-async"], operations: [], flows: [] };
    const late = { ...pairOf([...pair!.stories, ...pair!.stories]), batch: "refund-fails-late" };
    const shown = load(spaceTime.html({ ...named, pairs: [late] }).text);
    expect(shown("details.pair > p").text()).toBe(
      "express-sync, express-async, as declared: a step and then its compensation fail on each try, which takes " +
        "longer than an execution may.",
    );
    expect(page("details.pair > p")).toHaveLength(0);
  });

  test("show a double ring for a duplicate, a cross for what was turned down, and how long was waited", () => {
    const pathsOf = (batch: string, shape: string) => {
      const { id } = loaded.pairs.find((pair) => pair.batch === batch)!;
      const shapes = page(`#${id} .side`)
        .toArray()
        .map((side) => page(side).find(`path.${shape}`).attr("d") ?? "");
      return shapes.map((d) => d.split("M").length - 1);
    };
    expect(pathsOf("submitted-twice", "ring")).toEqual([10, 0]);
    expect(pathsOf("happy", "ring")).toEqual([0, 0]);
    expect(pathsOf("happy", "cross")).toEqual([0, 0]);
    expect(pathsOf("charge-answer-lost", "wait")).toEqual([2, 2]);
    const { id } = loaded.pairs.find(({ batch }) => batch === "charge-answer-lost")!;
    expect(page(`#${id}`).text()).toContain("try 3, after 120 s");
  });

  test("show an order that calls itself a tag as that text", async () => {
    const hostile = "</script><img src=x onerror=alert(1)>";
    const folder = mkdtempSync(join(tmpdir(), "hostile-"));
    for (const name of ["run.ndjson", "results.json"]) {
      const text = readFileSync(join(out, name), "utf8")
        .replaceAll("happy-order-1", hostile)
        .replaceAll("PENDING", hostile);
      writeFileSync(join(folder, name), text);
    }
    const told = await loadPage(folder);
    expect(told.pairs.map(({ orderId }) => orderId)).toContain(hostile);
    const rendered = load(renderPage(told));
    expect(rendered("img, [onerror]")).toHaveLength(0);
    expect(rendered("script:not(#moments, #orders)")).toHaveLength(1);
    expect(rendered("#moments, #orders").text()).not.toContain("<");
    expect(rendered("#orders").text()).toContain("onerror");
    expect(rendered("summary").text()).toContain(hostile);
    expect(renderMarkdown({ ...told, pairs: told.pairs.filter(({ orderId }) => orderId === hostile) })).toContain(
      `\`${hostile}\``,
    );
  });
});

describe("what else the page tells of its orders", () => {
  test("leads on: every link of a page with pairs, wins and places to look has its target", () => {
    const ids = new Set(
      page("[id]")
        .toArray()
        .map(({ attribs }) => attribs["id"]),
    );
    const links = page("[href]")
      .toArray()
      .map(({ attribs }) => attribs["href"]!);
    expect(links.some((link) => link.startsWith("#pair-"))).toBe(true);
    expect(links.filter((link) => link.startsWith("#score-")).length).toBeGreaterThan(0);
    expect(links.filter((link) => !ids.has(link.slice(1)))).toEqual([]);
  });

  test("is where each stands, as the row had it in the end, and why, with a link to those that are drawn", () => {
    const rows = page("#where table").eq(1).find("tbody tr").toArray();
    // What something went wrong for comes first.
    expect(rows.map((row) => page(row).text().trim())).toEqual([
      "charge-answer-lost-order-1INVENTORY_RELEASEDChargePayment: PaymentTimedOut",
      "refund-fails-order-1NEEDS_ATTENTIONshipment REFUSED, then RefundPayment: RefundUnavailable",
      "happy-order-1SHIPPEDno failure logged",
      "submitted-twice-order-1SHIPPEDno failure logged",
    ]);
    expect(page("#where td a, #where th a")).toHaveLength(4);
  });

  test("is every order of the log for whoever types its id, with the same words", () => {
    const { told, drawn } = JSON.parse(page("#orders").text()) as Findable;
    expect(told).toEqual([
      ["SHIPPED in every variant", "no failure logged", ["happy-order-1", "submitted-twice-order-1"]],
      ["INVENTORY_RELEASED in every variant", "ChargePayment: PaymentTimedOut", ["charge-answer-lost-order-1"]],
      [
        "NEEDS_ATTENTION in every variant",
        "shipment REFUSED, then RefundPayment: RefundUnavailable",
        ["refund-fails-order-1"],
      ],
    ]);
    expect(Object.values(drawn).map((id) => page(`#${id}`).length)).toEqual([1, 1, 1, 1]);
  });

  test("is whom to ask for it, and how many calls it takes to know why", () => {
    const asking = page("#where table").first().text();
    expect(asking).toContain("9 calls: order table, dead-letter queue, the logs of 7 functions");
    expect(asking).toContain("2 calls: order table, execution history");
  });

  test("is every try of every step of an order that waits, a tick each", () => {
    const waiting = loaded.pairs.filter(({ batch }) => batch === "charge-answer-lost" || batch === "refund-fails");
    const started = waiting.flatMap(({ stories }) =>
      stories.flatMap(({ moments }) => moments.filter(({ kind }) => kind === "started")),
    );
    const ticks = page("#timeline .tick")
      .toArray()
      .map(({ attribs }) => attribs["d"]!.split("M").length - 1);
    expect(page("#timeline svg")).toHaveLength(2);
    expect(ticks.reduce((sum, count) => sum + count, 0)).toBe(started.length);
    expect(
      page("#timeline .cross")
        .toArray()
        .map(({ attribs }) => attribs["d"])
        .join(""),
    ).toContain("M");
  });

  test("is what the log counts: tries, links, messages that came twice", () => {
    const again = lines.filter((line) => line.type === "InvocationStarted" && line.asynchronous && line.attempt > 1);
    expect(again.length).toBeGreaterThan(0);
    expect(value("retries")).toEqual([again.length, again.length]);
    expect(value("duplicates")).toEqual([5, 0]);
    // Create, reserve, charge, ship; undo after the charge and after the shipment; park.
    expect(value("links")[0]).toBe(value("links")[1]);
    expect(value("links-with-coordinator")[0]).toBeGreaterThan(value("links-with-coordinator")[1]!);
    expect(value("why-calls")).toEqual([9, 2]);
  });
});

describe.runIf(isWhole)("a page of a long run", () => {
  test("stays under 500 KB with every variant, 10,000 orders, 100 findings and all that others found", async () => {
    const folder = mkdtempSync(join(tmpdir(), "long-"));
    const names = variants.map(({ name }) => name);
    const [started, ...rest] = readFileSync(join(out, "run.ndjson"), "utf8").trimEnd().split("\n");
    const longest = rest.filter((line) => /"choreography".*refund-fails-order-1/.test(line));
    const ids = Array.from({ length: 100 }, (_, index) => `order-${index}-of-a-customer-with-a-long-name`);
    const copies = ids.flatMap((id) =>
      names.flatMap((name) =>
        longest.map((line) =>
          line.replaceAll("refund-fails-order-1", id).replace('"variant":"choreography"', `"variant":"${name}"`),
        ),
      ),
    );
    const status = rest.find((line) => /"choreography".*"happy-order-1".*"StatusChanged"/.test(line))!;
    const sampled = Array.from({ length: 1_000 }, (_, index) =>
      names.map((name) =>
        status
          .replaceAll("happy-order-1", `order-${100 + index}`)
          .replace('"variant":"choreography"', `"variant":"${name}"`),
      ),
    ).flat();
    writeFileSync(join(folder, "run.ndjson"), `${[started, ...copies, ...sampled].join("\n")}\n`);
    const [one] = loaded.run.results;
    const tallies = Object.fromEntries(names.map((name) => [name, one!.variants["choreography"]]));
    const results = ["orders", "others"].map((name, half) => {
      const findings = ids.slice(half * 50, half * 50 + 50).map(finding);
      return { ...one!, name, orders: 5_000, verdict: "invalid", findings, findingCount: 50, variants: tallies };
    });
    writeFileSync(join(folder, "results.json"), JSON.stringify({ ...loaded.run, verdict: "invalid", results }));
    const [apart, ends] = ["SHIPPED", "INVENTORY_RELEASED"].map((first) =>
      Object.fromEntries(names.map((name, at) => [name, at === 0 ? first : "INVENTORY_RELEASED"])),
    );
    // As it is found, the variants end alike in most cells.
    const kept = Array.from({ length: 900 }, (_, index) => ({
      ...matrix.results[4]!,
      cell: `shipping-refused/ReserveInventory/payment-gateway/kind-${index % 225}/${columns[Math.floor(index / 225)]}`,
      ends: (index % 5 === 0 ? apart : ends)!,
    }));
    writeFileSync(join(folder, matrixFile("equal")), JSON.stringify({ ...matrix, results: kept }));
    const lengths = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [30 * 2 ** at, 1 / (1 + at)]));
    // As it is found, variants go one of three ways in an outage.
    const ways = [lengths, { ...lengths, 30: 0.9 }, { ...lengths, 30: 0.8 }];
    const curves = Array.from({ length: 8 }, (_, at) => `dependency-${at}` as Outable).flatMap((dependency) =>
      names.map((name, at) => curve(dependency, name, ways[at % ways.length]!)),
    );
    for (const profile of ["equal", "idiomatic"] as const)
      writeFileSync(join(folder, outageFile(profile)), JSON.stringify({ profile, orders: 60, curves }));

    writeFileSync(join(folder, placesFile), JSON.stringify({ profile: "equal", held: await everyPlace() }));
    writeFileSync(join(folder, decisionFile), JSON.stringify(decidedAmong(names)));

    const long = await loadPage(folder);
    expect(long.variants).toEqual(names);
    // With every variant, one order that takes so long has the room of all pairs.
    expect(long.pairs).toHaveLength(1);
    const text = renderPage(long);
    const whole = load(text);
    expect(whole("#verdict li > b")).toHaveLength(100);
    expect(whole("#outages figure")).toHaveLength(8 * ways.length);
    expect(whole("#decision .command").length).toBeGreaterThan(5);
    expect(whole(".places").length).toBe(names.length);
    expect(whole("#failures .cells td:not(:empty)")).toHaveLength(900);
    const { told } = JSON.parse(whole("#orders").text()) as Findable;
    expect(told.flatMap(([, , own]) => own)).toHaveLength(1_100);
    expect(whole("#where tr:contains(order-)").length).toBeLessThan(250);
    expect(Buffer.byteLength(text)).toBeLessThan(500_000);
  });

  test("says of how many orders it counted what only the log tells, and which command counts all", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sample-"));
    const totals = sides.map((variant) => ({ type: "PathTotal", variant, batch: "happy", orders: 1_995, path: [] }));
    const log = readFileSync(join(out, "run.ndjson"), "utf8");
    writeFileSync(join(folder, "run.ndjson"), log + totals.map((each) => `${JSON.stringify(each)}\n`).join(""));
    const [happy, ...others] = loaded.run.results;
    const results = [{ ...happy!, orders: 1_996 }, ...others];
    writeFileSync(join(folder, "results.json"), JSON.stringify({ ...loaded.run, results }));
    const sampled = await loadPage(folder);
    expect(sampled.told).toEqual({ orders: 5, of: 2_000 });
    const shown = load(renderPage(sampled));
    expect(shown("#flows").text()).toContain("Counted are 5 of 2,000 orders, of which the log has every line");
    expect(shown("#flows .command").first().text()).toBe(`${loaded.run.command} --log all`);
    expect(shown("#score-retries th").text()).toBe("retries *");
    expect(shown("#score-invocations th").text()).toBe("function invocations");
    expect(page("#flows").text()).not.toContain("Counted are");
    expect(page("#score-retries th").text()).toBe("retries");
  });

  test("draws twelve pairs at the most, and fewer where their stories are long", () => {
    expect(chosen(5, 40)).toBe(5);
    expect(chosen(40, 40)).toBe(12);
    expect(chosen(40, 200)).toBeLessThan(12);
    expect(chosen(40, 5_000)).toBe(1);
  });

  test("draws more than one order that ships, with however many variants", () => {
    const { length } = loaded.pairs.find(({ batch }) => batch === "happy")!.stories[0]!.moments;
    expect(
      chosen(
        40,
        length,
        variants.map(({ name }) => name),
      ),
    ).toBeGreaterThan(1);
  });
});

const chosen = (count: number, length: number, names: readonly string[] = sides): number =>
  new Candidates([]).chosen(toldStories(count, length, names)).length;

/** Stories of so many orders, each of so many moments. */
const toldStories = (count: number, length: number, names: readonly string[]): Story[][] => {
  const story = { ...loaded.pairs[0]!.stories[0]!, moments: momentsOf(length) };
  return Array.from({ length: count }, (_, at) =>
    names.map((variant) => ({ ...story, orderId: `order-${at}`, batch: `${at}`, variant })),
  );
};

const momentsOf = (count: number): Moment[] =>
  Array.from({ length: count }, (_, at) => ({ ...loaded.pairs[0]!.stories[0]!.moments[0]!, index: at + 1 }));

describe("two stories side by side", () => {
  test("have the same step at the same height, and room for the longer one", () => {
    const { blocks, rows, rowsOf } = align([
      storyOf(["CreateOrder", 3], ["ChargePayment", 1]),
      storyOf(["CreateOrder", 1], ["ChargePayment", 2]),
    ]);
    expect(blocks).toEqual([
      { title: "CreateOrder", row: 0, rows: 4 },
      { title: "ChargePayment", row: 4, rows: 3 },
    ]);
    expect(rows).toBe(7);
    expect(rowsOf).toEqual([
      [1, 2, 3, 5],
      [1, 5, 6],
    ]);
  });

  test("leave a gap where a step, or a try of it, is on one side alone", () => {
    const { blocks, rowsOf } = align([
      storyOf(["CreateOrder", 1], ["RefundPayment", 1], ["ParkOrder", 1]),
      storyOf(["CreateOrder", 1], ["CreateOrder", 1, 2], ["ParkOrder", 1]),
    ]);
    expect(blocks.map(({ title }) => title)).toEqual([
      "CreateOrder",
      "RefundPayment",
      "CreateOrder, try 2",
      "ParkOrder",
    ]);
    expect(rowsOf).toEqual([
      [1, 3, 7],
      [1, 5, 7],
    ]);
  });

  test("keep a workflow that goes on with the step that it tried last", () => {
    const { blocks } = align([
      storyOf(["RefundPayment", 1], [undefined, 1], ["RefundPayment", 1, 2], [undefined, 1], ["ParkOrder", 1]),
    ]);
    expect(blocks.map(({ title }) => title)).toEqual(["RefundPayment", "RefundPayment, try 2", "ParkOrder"]);
  });

  test("have every moment of every pair of the run in a row of its own, in order", () => {
    for (const { alignment, stories } of loaded.pairs) {
      for (const [side, rows] of alignment.rowsOf.entries()) {
        expect(rows).toHaveLength(stories[side]!.moments.length);
        expect(rows.every((row, at) => at === 0 || row > rows[at - 1]!)).toBe(true);
      }
    }
  });
});

describe("who knows an order's status", () => {
  const lanes = ["client", "bus", "step", "table"].map((id) => ({ id, name: id, kind: "function" as const }));
  const status = { type: "StatusChanged", status: "PENDING", placementId: "p" } as const;
  const told = (...moments: readonly Partial<Moment>[]) =>
    whoKnows({
      lanes,
      moments: moments.map(
        (each, at) => ({ kind: "called", changes: [], ...each, index: at + 1 }) as unknown as Moment,
      ),
    } satisfies Pick<Story, "moments" | "lanes">);
  const write = { lane: "table", changes: [status], arrow: { from: "step", kind: "call" } } as const;

  test("is who wrote it, then whoever a message of his reaches", () => {
    const publish = { kind: "published", lane: "bus", arrow: { from: "step", kind: "event" } } as const;
    const deliver = { kind: "delivered", lane: "client", arrow: { from: "bus", kind: "event" } } as const;
    expect(told(write, publish, deliver)).toEqual([
      ["step", "table"],
      ["bus", "step", "table"],
      ["client", "bus", "step", "table"],
    ]);
  });

  test("is nobody whom the answer, or the message, never reached", () => {
    const unanswered = { ...write, arrow: { ...write.arrow, lost: "answer" } } as const;
    const lost = { kind: "published", lane: "bus", arrow: { from: "step", kind: "event", lost: "request" } } as const;
    expect(told(unanswered)).toEqual([["table"]]);
    expect(told(write, lost)[1]).toEqual(["step", "table"]);
  });

  test("is whoever reads it", () => {
    expect(told(write, { lane: "table", arrow: { from: "client", kind: "call" } })[1]).toContain("client");
  });
});

const storyOf = (...steps: readonly (readonly [step: string | undefined, moments: number, attempt?: number])[]) => ({
  moments: steps.flatMap(([step, moments, attempt = 1]) =>
    Array.from({ length: moments }, (_, at) => ({ step, kind: at === 0 ? "started" : "called", attempt }) as Moment),
  ),
});

/** What a row of the scoreboard shows, variant by variant. */
const value = (metric: string): number[] =>
  page(`[data-metric=${metric}]`)
    .toArray()
    .map((cell) => Number(page(cell).text()));

const finding = (orderId: string) => ({
  orderId,
  what: "row.status differs",
  seen: { choreography: "NEEDS_ATTENTION", orchestration: "INVENTORY_RELEASED" },
  happened: { choreography: "RefundPayment: RefundTimedOut (no answer) was the first failure".repeat(2) },
});

/** Every variant, as if every second of its resources held a part of the flow. */
const everyPlace = (): Promise<HeldFlow[]> =>
  Promise.all(
    variants.map(async (variant) => {
      const assembly = await synthesize(variant);
      const resources = Object.entries(templateOf(variant, assembly).Resources);
      // As it is found, half of them do.
      const half = resources.filter((_, at) => at % 2 === 0);
      const places = half.map(([id, { Type: type }]) => ({ id, type, steps: ["ChargePayment", "RefundPayment"] }));
      return { variant: variant.name, source: basename(assembly), resources: resources.length, places };
    }),
  );

/** A brief, decided among variants of which each costs another amount. */
function decidedAmong(names: readonly string[]): DecisionFile {
  const evidence = names.map((variant, at): Evidence => {
    const some = { least: 1_000 * 2 ** at, most: 1_100 * 2 ** at };
    const [outageSeconds, counts] = [
      { table: 100 + at, lambda: 200 + at },
      { places: 10, whyCalls: 4, auditDays: 7 },
    ];
    const bytes = { messageBytes: 262_144, handedBytes: 1_000, waitsSeconds: 86_400 };
    const ceilings = Object.fromEntries(regions.map((each) => [each, { by: "functions that run at once", ...some }]));
    const modelled = { shippedMs: some, unknownHops: [], usdPerMillion: some, ceilings, region: "us-east-1" };
    return { variant, clientWaits: at > 2, outageSeconds, changedLines: 60 * at, ...counts, ...bytes, ...modelled };
  });
  const [brief, other] = ["marketplace", "insured-payments"].map((name) => readBrief(`scripts/briefs/${name}.json`));
  const others = [decide(other!, () => evidence)];
  return {
    ...decide(brief!, () => evidence),
    command: "pnpm decide",
    profile: "idiomatic",
    region: "us-east-1",
    quotas: "AWS quota pages",
    evidence,
    others,
  };
}
