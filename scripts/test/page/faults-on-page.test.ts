import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheerioAPI, load } from "cheerio";
import { scaleLog } from "d3-scale";
import { describe, expect, test } from "vitest";
import { exit } from "../../src/failure.ts";
import type { OutageFile } from "../../src/faults/kept.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { survivals } from "../../src/page/outages/survival.ts";
import type { Page } from "../../src/page/page.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { curve, matrix, outage } from "./kept-files.ts";

const recorded = fileURLToPath(new URL("../recorded/results.json", import.meta.url));
const variants = ["choreography", "orchestration"];

/** A folder with a run, and beside it what other commands left. */
function folderWith(files: Readonly<Record<string, object | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  cpSync(recorded, join(folder, "results.json"));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}
const bare = await loadPage(folderWith({}));
/** The page of that run with these beside it. */
const shown = (kept: Partial<Pick<Page, "matrix" | "outages">>): CheerioAPI => load(renderPage({ ...bare, ...kept }));
/** By which commands a page asks for the matrix. */
const asked = (page: Page): string[] => texts(load(renderPage(page)), "#failures .command");
const texts = (page: CheerioAPI, selector: string): string[] =>
  page(selector)
    .toArray()
    .map((each) => page(each).text());

const idiomaticOutage: OutageFile = {
  ...outage,
  profile: "idiomatic",
  curves: variants.map((variant) => curve("table", variant, { 30: 1, 120: 1, 600: 0 })),
};

/** A page of a third variant too, of which nothing was counted. */
const withChain = (page: Page): Page => ({
  ...page,
  variants: [...variants, "chain"],
  scores: [],
  run: { ...page.run, results: [] },
});

describe("the failure matrix on the page", () => {
  test("is asked for by the command that makes it, where there is none", () => {
    const page = shown({});
    expect(texts(page, "#failures .command")).toEqual(["pnpm matrix && pnpm report"]);
    expect(texts(page, "#outages .command")).toEqual(["pnpm outage && pnpm report"]);
    expect(page("#failures > p").text()).toMatch(/^Here stands how an order ends when each step meets each fault/);
  });

  test("is asked for with the variants and the retries of the page", () => {
    const idiomatic = { ...bare, run: { ...bare.run, profile: "idiomatic" as const } };
    expect(asked(idiomatic)).toEqual(["pnpm matrix --profile idiomatic && pnpm report"]);
    const three = withChain(bare);
    expect(asked(three)).toEqual(["pnpm matrix --variants choreography,orchestration,chain && pnpm report"]);
  });

  test("says which variants of the page it was made without", () => {
    const three = withChain({ ...bare, matrix });
    expect(load(renderPage(three))("#failures > p").first().text()).toContain("It was made without chain:");
  });

  test("counts how orders ended, in one line for kinds that end alike, by variant where they differ", () => {
    const page = shown({ matrix });
    expect(page("#failures > p").first().text()).toContain("5 cells in the equal profile: 4 as they must be, 1 not.");
    const rows = page("#failures > .scroll tbody tr").toArray();
    const cells = rows.map((row) => texts(load(page.html(row), undefined, false), "th, td"));
    expect(cells).toEqual([
      ["event-busof choreography", "throttle", "", "", "", "1 stuck !"],
      ["table", "time-out, throttle", "1 released", "", "", ""],
    ]);
  });

  test("says what a cell is beside an outage, and what each of its kinds does to what it strikes", () => {
    const page = shown({ matrix });
    const outageKinds = "An outage, by which the page says who survives, is one kind alone: server-error of table,";
    expect(page("#failures > p").first().text()).toContain(outageKinds);
    expect(renderMarkdown({ ...bare, matrix })).toContain(outageKinds);
    const words = texts(page, "#glossary dt");
    expect(words).toEqual(expect.arrayContaining(["throttle", "time-out"]));
    expect(words).not.toContain("fail-before");
  });

  test("is quiet where no order ends otherwise than without the fault, and names who is apart from most", () => {
    const ends = { choreography: "SHIPPED", orchestration: "SHIPPED", chain: "INVENTORY_RELEASED" };
    const stuck = { choreography: "RESERVED", chain: "NEEDS_ATTENTION" };
    const cells = [
      { ...matrix.results[0]!, cell: "happy/ChargePayment/lambda/throttle/1-try", ends },
      { ...matrix.results[0]!, cell: "happy/ShipOrder/lambda/throttle/1-try", ends },
      {
        ...matrix.results[0]!,
        cell: "happy/ChargePayment/lambda/throttle/3-tries",
        ends: { ...ends, chain: "SHIPPED" },
      },
      { ...matrix.results[0]!, cell: "refund-fails/ParkOrder/event-bus/throttle/1-try", ends: stuck },
    ];
    const page = load(renderPage(withChain({ ...bare, matrix: { ...matrix, results: cells } })));
    const [bus, lambda] = page("#failures > .scroll tbody tr").toArray();
    expect(texts(load(page.html(lambda), undefined, false), "td")).toEqual([
      "throttle",
      "choreography, orchestration unharmedchain 2 released",
      "unharmed",
      "",
      "",
    ]);
    expect(page(lambda).find("td").eq(2).find(".quiet").text()).toBe("unharmed");
    // The orchestration has no bus; to be parked is how that order ends without the fault, too.
    expect(texts(load(page.html(bus), undefined, false), "th, td").slice(0, 3)).toEqual([
      "event-busof choreography, chain",
      "throttle",
      "choreography 1 stuckchain unharmed",
    ]);
    expect(texts(page, "#failures .cells td:not(:empty)")).toEqual([
      "shipped; chain released",
      "shipped",
      "shipped; chain released",
      "stuck; chain parked",
    ]);
    expect(page("#failures .cells td[data-of]").attr("data-of")).toBe("0 2");
  });

  test("tells what is broken first, with the command that traces it", () => {
    const page = shown({ matrix });
    expect(page("#failures .findings li").text()).toContain("happy/ShipOrder/event-bus/throttle/600-s: must end");
    expect(page("#failures .findings .command").text()).toBe("pnpm trace happy/ShipOrder/event-bus/throttle/600-s");
  });

  test("is shown in the profile of the run, and in no other", async () => {
    const folder = folderWith({ "matrix-idiomatic.json": { ...matrix, profile: "idiomatic" } });
    const page = load(renderPage(await loadPage(folder)));
    expect(texts(page, "#failures .command")).toEqual(["pnpm matrix && pnpm report"]);
  });

  test("that is something else is refused by its name", async () => {
    for (const content of ["[]", "{", "null"]) {
      const folder = folderWith({ "matrix-equal.json": content });
      await expect(loadPage(folder)).rejects.toMatchObject({
        exitCode: exit.usage,
        message: expect.stringContaining("matrix-equal.json has no results"),
      });
    }
  });
});

describe("outages on the page", () => {
  test("say who survives one of 120 s, and the one that half survive", () => {
    const page = shown({ outages: [outage] });
    const rows = page("#outages > .scroll tbody tr").toArray();
    expect(rows.map((row) => texts(load(page.html(row), undefined, false), "th, td"))).toEqual([
      ["table", "100 %half up to 120 s", "40 %half up to 30 s", "choreography survives it better"],
      [
        "event-bus",
        "100 %half beyond 10 min",
        "not applicable",
        "orchestration cannot have it: there is nothing to be away",
      ],
      ["lambda", "0 %half up to 30 s", "0 %half up to 30 s", "none survives it"],
    ]);
  });

  test("have a picture for each that has it, one where they are alike, with the shares on one another", () => {
    const page = shown({ outages: [outage] });
    const titles = texts(page, "svg.shares title");
    expect(titles.map((title) => /in the (.*) when the (.*) is away/.exec(title)!.slice(1))).toEqual([
      ["choreography", "table"],
      ["orchestration", "table"],
      ["choreography", "event-bus"],
      ["choreography, orchestration", "lambda"],
    ]);
    for (const [at, { points }] of outage.curves.slice(0, titles.length).entries()) {
      const picture = page("svg.shares:has(title)").eq(at);
      let sum = points.map(() => 0);
      for (const outcome of ["shipped", "released", "parked", "stuck"] as const) {
        sum = sum.map((share, index) => share + points[index]!.during[outcome]);
        const heights = [
          ...picture
            .find(`.${outcome}`)
            .attr("d")!
            .matchAll(/[ML]\d+,(\d+)/g),
        ].map(([, y]) => Number(y));
        expect(heights).toEqual(sum.map((share) => Math.round(110 - 104 * share)));
      }
    }
    expect(texts(page, "#outages .legend .key").map((key) => key.trim())).toEqual([
      "shipped",
      "released",
      "parked",
      "stuck",
    ]);
  });

  test("are answered at the top: who survives one of 120 s, and without what the others do not", async () => {
    const page = shown({ outages: [outage] });
    expect(page("#verdict .lead").text()).toBe("With equal retries: none.");
    expect(texts(page, "#verdict table tbody tr")).toEqual([
      "choreography✗ 0 % ship without lambda",
      "orchestration✗ 40 % ship without table; 0 % ship without lambda",
    ]);
    expect(page("#verdict > p").text()).toContain("whatever was away: table, event-bus, lambda.");
    const surviving = { ...outage, curves: outage.curves.filter(({ dependency }) => dependency !== "lambda") };
    const loaded = await loadPage(
      folderWith({ "outage-equal.json": surviving, "outage-idiomatic.json": idiomaticOutage }),
    );
    const told = load(renderPage(withChain(loaded)));
    expect(told("#verdict .lead").text()).toBe(
      "With equal retries: choreography; chain not tried. " +
        "With idiomatic retries: choreography and orchestration; chain not tried.",
    );
    expect(told("#verdict > p").text()).toContain("whatever was away: equal: table, event-bus; idiomatic: table.");
    expect(texts(told, "#verdict table tbody tr").at(-1)).toBe("chainnot triednot tried");
  });

  test("are asked for at the top, where there are none", () => {
    const page = shown({});
    expect(page("#verdict > p .command").first().text()).toBe("pnpm outage && pnpm report");
  });

  test("are answered in a sentence before anything else", () => {
    const page = shown({ outages: [outage] });
    expect(page("#outages .lead").text()).toContain("where table is away, choreography survives it better;");
    expect(page("#outages .lead").text()).toContain("where lambda is away, none survives it.");
  });

  test("say of how many orders they are, and what their axes measure", () => {
    const page = shown({ outages: [outage] });
    expect(page("#outages").text()).toContain("In each run 60 orders arrive evenly");
    expect(page("#outages").text()).toContain("Shares are of the 20 orders that arrive in it");
    const axes = texts(page, "#outages svg.axes text");
    expect(axes).toEqual(["0 %", "50 %", "100 %", "120 s", "outage lasts (log scale)"]);
    expect(page("#outages svg.shares use")).toHaveLength(4);
  });

  test("draw a line at the longest outage in which half still ship, between those that were tried", () => {
    const page = shown({ outages: [outage] });
    const halves = page("svg.shares path.half")
      .toArray()
      .map(({ attribs }) => /^M(\d+) /.exec(attribs["d"]!)![1]);
    const across = scaleLog([30, 600], [46, 218]);
    expect(halves.map(Number)).toEqual([120, 30, 30].map((seconds) => Math.round(across(seconds))));
    expect(texts(page, "#outages details table:first tr:last td")).toEqual(["half up to 120 s", "half up to 30 s"]);
  });

  test("say why fewer than half ship: what the variant declares of it, or that its tries end", () => {
    const losing = { ...outage, curves: [...outage.curves, curve("lambda", "chain", { 30: 0, 120: 0, 600: 0 })] };
    const page = load(renderPage(withChain({ ...bare, outages: [losing] })));
    const said = texts(page, "#outages .losses > li");
    expect(said).toEqual([
      "orchestration with table away: 40 % shipped, 60 % released: the tries that the equal profile allows end " +
        "before the outage does",
      "choreography, orchestration with lambda away: 0 % shipped, 100 % released: the tries that the equal profile " +
        "allows end before the outage does",
      expect.stringMatching(/^chain with lambda away: 0 % shipped, 100 % released: nobody invokes again, once Lambda/),
    ]);
  });

  test("have a reason for each thing that becomes of the orders, by the step at which it meets them", () => {
    const both = curve("lambda", "chain", { 30: 0, 120: 0, 600: 0 });
    const points = both.points.map((point) => ({ ...point, during: { ...point.during, released: 0.5, stuck: 0.5 } }));
    const losing = { ...outage, curves: [...outage.curves, { ...both, points }] };
    const page = load(renderPage(withChain({ ...bare, outages: [losing] })));
    expect(texts(page, "#outages .losses > li").at(-1)).toMatch(
      /^chain with lambda away: 0 % shipped, 50 % released, 50 % stuck: 2 reasons, by the step at which/,
    );
    expect(texts(page, "#outages .losses li li")).toEqual([
      expect.stringMatching(/meets in ReserveInventory, .+ ends INVENTORY_RELEASED, since nobody invokes again/),
      expect.stringMatching(/^an order that it meets in CreateOrder waits for the sweeper, since the client's call/),
    ]);
  });

  test("stand beside a win by counts, where whoever is ahead ships less in one", () => {
    const loaded = { ...bare, outages: [outage] };
    const counts = { choreography: 30, orchestration: 10 };
    const score = { ...loaded.scores.find(({ metric }) => metric.kind === "fewer")!, values: counts };
    const page = load(renderPage({ ...loaded, scores: [score] }));
    expect(page("#decision td:contains(is ahead)").text()).toBe(
      "orchestration is ahead, 1 to 0but ships 40 % against 100 % where table is away for 120 s",
    );
  });

  test("tell a variant that was not tried from one that cannot have it", () => {
    const [table, bus] = survivals(outage.curves, [...variants, "chain"]);
    expect(table!.phrase).toBe("choreography survives it better; chain not tried");
    expect(bus!.phrase).toBe("orchestration and chain cannot have it: there is nothing to be away");
  });

  test("without the number of orders are refused, as is a bill without its prices: they were made before", async () => {
    const bill = folderWith({ "cost.json": { bills: [], rules: [] } });
    await expect(loadPage(bill)).rejects.toThrow("cost.json has no prices");
    const decision = folderWith({ "decision.json": { evidence: [] } });
    await expect(loadPage(decision)).rejects.toThrow("decision.json has no region");
    const { orders: _orders, ...old } = outage;
    await expect(loadPage(folderWith({ "outage-equal.json": old }))).rejects.toThrow("outage-equal.json has no orders");
  });

  test("turn round when the variants change places", () => {
    const names = new Map([
      ["choreography", "orchestration"],
      ["orchestration", "choreography"],
    ]);
    const swapped = outage.curves.map((each) => ({ ...each, variant: names.get(each.variant)! }));
    const [table] = survivals(swapped, variants);
    expect(table).toMatchObject({ dependency: "table", phrase: "orchestration survives it better" });
  });

  test("differ for no one within a twentieth of the orders", () => {
    const close = [curve("table", "choreography", { 120: 0.52 }), curve("table", "orchestration", { 120: 0.5 })];
    expect(survivals(close, variants)[0]!.phrase).toBe("no difference");
    const alike = [curve("table", "choreography", { 120: 1 }), curve("table", "orchestration", { 120: 0.97 })];
    expect(survivals(alike, variants)[0]!.phrase).toBe("all survive it");
  });

  test("stand in the twin too", async () => {
    const twin = renderMarkdown(
      await loadPage(folderWith({ "outage-equal.json": outage, "matrix-equal.json": matrix })),
    );
    expect(twin).toContain("| table | 100 % | 40 % | choreography survives it better |");
    expect(twin).toContain("| table: time-out, throttle | 1 released |  |  |  |");
  });
});
