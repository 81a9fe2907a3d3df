import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheerioAPI, load } from "cheerio";
import { describe, expect, test } from "vitest";
import { exit } from "../../src/failure.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { survivals } from "../../src/page/outages/survival.ts";
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
const shown = async (files: Readonly<Record<string, object>>): Promise<CheerioAPI> =>
  load(renderPage(await loadPage(folderWith(files))));
const texts = (page: CheerioAPI, selector: string): string[] =>
  page(selector)
    .toArray()
    .map((each) => page(each).text());

describe("the failure matrix on the page", () => {
  test("is asked for by the command that makes it, where there is none", async () => {
    const page = await shown({});
    expect(texts(page, "#failures .command")).toEqual(["pnpm matrix && pnpm report"]);
    expect(texts(page, "#outages .command")).toEqual(["pnpm outage && pnpm report"]);
  });

  test("counts how orders ended, in one line for kinds that end alike, by variant where they differ", async () => {
    const page = await shown({ "matrix-equal.json": matrix });
    expect(page("#failures > p").first().text()).toContain("5 cells in the equal profile: 4 as they must be, 1 not.");
    const rows = page("#failures > .scroll tbody tr").toArray();
    const cells = rows.map((row) => texts(load(page.html(row), undefined, false), "th, td"));
    expect(cells).toEqual([
      ["event-bus", "throttle", "", "", "", "choreography .1orchestration – !"],
      ["table", "time-out, throttle", "R1 S1", "", "", ""],
    ]);
  });

  test("tells what is broken first, with the command that traces it", async () => {
    const page = await shown({ "matrix-equal.json": matrix });
    expect(page("#failures .findings li").text()).toContain("happy/ShipOrder/event-bus/throttle/600-s: must end");
    expect(page("#failures .findings .command").text()).toBe("pnpm trace happy/ShipOrder/event-bus/throttle/600-s");
  });

  test("is shown in the profile of the run, and in no other", async () => {
    const page = await shown({ "matrix-idiomatic.json": { ...matrix, profile: "idiomatic" } });
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
  test("say who survives one of 120 s, and the one that half survive", async () => {
    const page = await shown({ "outage-equal.json": outage });
    const rows = page("#outages > .scroll tbody tr").toArray();
    expect(rows.map((row) => texts(load(page.html(row), undefined, false), "th, td"))).toEqual([
      ["table", "100 %", "40 %", "choreography survives it better", "10 min", "120 s"],
      [
        "event-bus",
        "100 %",
        "not applicable",
        "orchestration cannot have it: there is nothing to be away",
        "over 10 min",
        "–",
      ],
      ["lambda", "0 %", "0 %", "none survives it", "120 s", "120 s"],
    ]);
  });

  test("have a picture for each variant that has it, in which the shares stand on one another", async () => {
    const page = await shown({ "outage-equal.json": outage });
    const titles = texts(page, "svg.shares title");
    expect(titles).toHaveLength(outage.curves.length);
    for (const [at, { points, variant, dependency }] of outage.curves.entries()) {
      expect(titles[at]).toContain(`in the ${variant} when the ${dependency} is away`);
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
    expect(texts(page, ".legend .key").map((key) => key.trim())).toEqual(["shipped", "released", "parked", "stuck"]);
  });

  test("are answered in a sentence before anything else", async () => {
    const page = await shown({ "outage-equal.json": outage });
    expect(page("#outages .lead").text()).toContain("where table is away, choreography survives it better;");
    expect(page("#outages .lead").text()).toContain("where lambda is away, none survives it.");
  });

  test("turn round when the variants change places", () => {
    const names = new Map([
      ["choreography", "orchestration"],
      ["orchestration", "choreography"],
    ]);
    const swapped = outage.curves.map((each) => ({ ...each, variant: names.get(each.variant)! }));
    const [table] = survivals(swapped, variants, 120);
    expect(table).toMatchObject({ dependency: "table", phrase: "orchestration survives it better" });
  });

  test("differ for no one within a twentieth of the orders", () => {
    const close = [curve("table", "choreography", { 120: 0.52 }), curve("table", "orchestration", { 120: 0.5 })];
    expect(survivals(close, variants, 120)[0]!.phrase).toBe("no difference");
    const alike = [curve("table", "choreography", { 120: 1 }), curve("table", "orchestration", { 120: 0.97 })];
    expect(survivals(alike, variants, 120)[0]!.phrase).toBe("all survive it");
  });

  test("stand in the twin too", async () => {
    const twin = renderMarkdown(
      await loadPage(folderWith({ "outage-equal.json": outage, "matrix-equal.json": matrix })),
    );
    expect(twin).toContain("| table | 100 % | 40 % | choreography survives it better |");
    expect(twin).toContain("| table: time-out, throttle | R1 S1 |  |  |  |");
  });
});
