import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "cheerio";
import { beforeAll, describe, expect, test } from "vitest";
import { footprintFile, type FootprintReport, type VariantFootprint } from "../../src/footprint/footprint.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { sweepFile, type SweepReport } from "../../src/sweep/sweep-report.ts";

const recorded = fileURLToPath(new URL("../recorded/results.json", import.meta.url));

const granted = (own: number, run: number, wrong?: string): VariantFootprint => ({
  own: { files: own, lines: 3 * own },
  run: { files: run, lines: 7 * run },
  deployables: ["Rule"],
  contracts: ["A wakes B", "B wakes C"],
  wrong,
});
const footprint: FootprintReport = {
  command: "pnpm footprint",
  footprints: [
    {
      request: { name: "fraud-check", asks: "a fraud check" },
      shared: { files: 9, lines: 65 },
      variants: { choreography: granted(1, 0), orchestration: granted(0, 2, "error: a Timeout of <1075 s>") },
    },
  ],
};
const took = (messages: number) => ({ messages, transitions: 0, waits: 1, links: 2, places: 3, usdPerMillion: 4.5 });
const sweep: SweepReport = {
  command: "pnpm sweep --steps 3 12",
  undoPolicy: "a refusal undoes the steps before it",
  sizes: [{ steps: 12, errorPaths: 11, styles: { choreographed: took(330), orchestrated: took(168) } }],
  trends: [{ measure: "places", smallest: 3, largest: 36, orchestration: "pays off as sagas grow" }],
};

const pageOf = async (kept: Readonly<Record<string, object>>) => {
  const out = mkdtempSync(join(tmpdir(), "changes-"));
  cpSync(recorded, join(out, "results.json"));
  for (const [name, file] of Object.entries(kept)) writeFileSync(join(out, name), JSON.stringify(file));
  return loadPage(out);
};

let html: ReturnType<typeof load>;
let markdown: string;
beforeAll(async () => {
  const page = await pageOf({ [footprintFile]: footprint, [sweepFile]: sweep });
  html = load(renderPage(page));
  markdown = renderMarkdown(page);
}, 60_000);

describe("what changes take, and what sagas take as they grow", () => {
  test("are asked for by the commands that count them, where nobody did", async () => {
    const empty = load(renderPage(await pageOf({})));
    expect(empty("#footprint .command").text()).toBe(
      "pnpm footprint --variants choreography,orchestration && pnpm report",
    );
    expect(empty("#sweep .command").text()).toBe("pnpm sweep && pnpm report");
  });

  test("has what each variant needed: its own files by zero where it has none, and those that it runs", () => {
    const cells = html("#footprint tbody td").toArray();
    expect(html(cells[0]).text()).toBe("1 file, 3 lines1 deployable, 2 hand-oversends alike");
    expect(html(cells[1]).text()).toContain("0 files, 0 linesrun: 2 files, 14 lines");
    // Whatever a child process said is text.
    expect(html(cells[1]).text()).toContain("does not hold: error: a Timeout of <1075 s>");
    expect(html(cells[2]).text()).toBe("9 files, 65 lines");
    expect(html("#footprint").text()).toContain("pnpm footprint fraud-check");
  });

  test("has the lines of all requests together, as a decision counts them", () => {
    const sums = html("#footprint tr.sum > *").toArray();
    expect(sums.map((each) => html(each).text())).toEqual([
      "lines of 1 request together, those of another variant's folder included",
      "3 lines",
      "14 lines",
      "",
      "",
    ]);
    expect(markdown).toContain("| 3 lines | 14 lines |");
  });

  test("has each size in both styles, the undo policy in the caption, and whether the claim is shown", () => {
    expect(html("#sweep caption").text()).toContain("Undo: a refusal undoes the steps before it.");
    expect(
      html("#sweep tbody td")
        .toArray()
        .map((each) => html(each).text()),
    ).toEqual(["12", "11", "330 / 168", "0 / 0", "1 / 1", "2 / 2", "3 / 3", "4.50 / 4.50"]);
    expect(html("#sweep").text()).toContain("shown by places, and by nothing else here");
    expect(html("#sweep").text()).toContain("pnpm sweep --steps 3 12");
  });

  test("stands in the twin in Markdown too", () => {
    expect(markdown).toContain("0 files, 0 lines; run: 2 files, 14 lines");
    expect(markdown).toContain("330 / 168");
  });
});
