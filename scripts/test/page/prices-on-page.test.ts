import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheerioAPI, load } from "cheerio";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { CostReport } from "../../src/bill/cost-report.ts";
import { costCommand } from "../../src/commands/cost.ts";
import { decideCommand } from "../../src/commands/decide.ts";
import { latencyCommand } from "../../src/commands/latency.ts";
import { readBrief } from "../../src/decision/brief.ts";
import { decide, type DecisionFile, decisionFile } from "../../src/decision/decide.ts";
import { spanText } from "../../src/decision/span.ts";
import { exit } from "../../src/failure.ts";
import { sourcesOf } from "../../src/latency/hops.ts";
import { loadPage } from "../../src/page/load-page.ts";
import type { Page } from "../../src/page/page.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { level } from "../decision/level.ts";
import { isWhole } from "../family.ts";

const recorded = fileURLToPath(new URL("../recorded/results.json", import.meta.url));

const decidedFor = { region: "us-east-1", variants: "choreography,orchestration" };

/** What `decide` would leave: to gather its evidence takes longer than all else that is on the page. */
function decidedAlready(): DecisionFile {
  const dearer = { usdPerMillion: { least: 40, most: 44 }, whyCalls: 2, outageSeconds: { table: 200, lambda: 200 } };
  const kept = { ...level, auditDays: 90, waitsSeconds: 365 * 86_400 };
  const evidence = [
    { ...kept, variant: "choreography" },
    { ...kept, ...dearer, variant: "orchestration" },
  ];
  const [own, ...others] = ["marketplace", "insured-payments"].map((name) =>
    decide(readBrief(`scripts/briefs/${name}.json`), () => evidence),
  );
  const { region } = decidedFor;
  return { ...own!, others, evidence, region, command: "pnpm decide", profile: "idiomatic", quotas: "AWS quota pages" };
}

let page: Page;
let html: CheerioAPI;
let empty: CheerioAPI;
beforeAll(async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const out = mkdtempSync(join(tmpdir(), "prices-"));
  cpSync(recorded, join(out, "results.json"));
  empty = load(renderPage(await loadPage(out)));
  expect(await costCommand({ ordersPerMonth: 1_000_000, region: "us-east-1", out })).toBe(exit.valid);
  expect(await latencyCommand({ scenario: ["happy"], out })).toBe(exit.valid);
  if (isWhole) expect(await decideCommand({ ...decidedFor, out })).toBe(exit.valid);
  else writeFileSync(join(out, decisionFile), JSON.stringify(decidedAlready()));
  page = await loadPage(out);
  html = load(renderPage(page));
  vi.restoreAllMocks();
}, 120_000);

const text = (selector: string): string => html(selector).text();
const asked = (shown: CheerioAPI): string[] =>
  shown("#prices > p .command")
    .toArray()
    .map((each) => shown(each).text());

describe("cost, latency and decision on the page", () => {
  test("are asked for by the commands that make them, where there are none", () => {
    expect(asked(empty)).toEqual(["pnpm cost && pnpm report", "pnpm latency && pnpm report"]);
    const withoutBill = load(renderPage({ ...page, cost: undefined }));
    expect(asked(withoutBill)[0]).toBe("pnpm cost && pnpm report");
    expect(withoutBill("#prices").text()).toContain("Here stands what a month of orders costs");
    expect(withoutBill("#prices").text()).toContain("p95");
    const withoutLatency = { ...page, latency: undefined };
    expect(asked(load(renderPage(withoutLatency)))).toContain("pnpm latency && pnpm report");
    expect(renderMarkdown(withoutLatency)).toContain("`pnpm latency && pnpm report`");
    expect(empty("#decision .command").text()).toBe("pnpm decide --variants choreography,orchestration && pnpm report");
  });

  test("has each line of each bill, and the totals with low and high", () => {
    const { bills } = page.cost as CostReport;
    for (const { lines, total } of bills) {
      for (const { title } of lines) expect(text("#prices")).toContain(title);
      expect(text("#prices")).toContain(total!.base.toLocaleString("en", { maximumFractionDigits: 2 }));
    }
  });

  test("leads from each line to its rule, with the page that says so and the price of a unit", () => {
    const links = html('#prices tbody a[href^="#rule-"]').toArray();
    expect(links.length).toBeGreaterThan(8);
    for (const link of links) {
      const rule = html(html(link).attr("href"));
      expect(rule.text(), html(link).text()).toContain(html(link).text());
      expect(rule.text()).toMatch(/https:\/\/.+ USD a .+: https:\/\//);
    }
    expect(text("#prices")).toContain(page.cost!.command);
  });

  test("says that who costs less is unknown where prices are missing, and which", () => {
    const [pair] = page.cost!.pairs;
    const { ratio: _unknown, ...unknown } = { ...pair!, cheaper: undefined, crossings: [] };
    const [bill] = page.cost!.bills;
    const lines = bill!.lines.map((line) => ({ ...line, usd: undefined }));
    const cost = { ...page.cost!, bills: [{ ...bill!, lines, total: undefined }], pairs: [unknown], prices: [] };
    const missing = load(renderPage({ ...page, cost }))("#prices").text();
    expect(missing).toContain("unknown, since prices are missing");
    expect(missing).toContain("no price");
    expect(missing).toContain("event: no price known");
  });

  test("leads from the latencies to the sources of their hops, and to what was assumed", () => {
    expect(html('#prices a[href="#hops"]').length).toBe(1);
    for (const { source } of [...sourcesOf("rule"), ...sourcesOf("standard")])
      expect(text("#prices")).toContain(source);
    expect(text("#prices")).toContain("6 ms a call");
    expect(text("#prices")).toContain(page.latency!.command);
  });

  test("says of latencies that they are modelled, and which hop flips them", () => {
    expect(text("#prices h2")).toContain("modelled");
    expect(text("#prices")).toMatch(/no one: sources disagree about .+; .+ and .+ flip at a rule hop of \d+ ms/);
  });

  test("names who was chosen, each driver with both values, and the command that decides again", () => {
    const { pairs, choice, command } = page.decided as DecisionFile;
    expect(text("#decision")).toContain(choice!);
    for (const { verdicts } of pairs) {
      for (const { driver } of verdicts) expect(text("#decision")).toContain(driver.title);
    }
    expect(text("#decision")).toContain(command);
    const markdown = renderMarkdown(page);
    expect(markdown).toContain(choice!);
    expect(markdown).toContain("Cost and latency, modelled");
  });

  test("has one figure of a thing, or says beside it of what it is", () => {
    const { evidence, region } = page.decided as DecisionFile;
    const ceilings = html(`#operating tr:contains("orders a second in ${region}") td`).toArray();
    expect(ceilings.map((cell) => html(cell).text())).toEqual(
      evidence.map(({ ceilings: { [region]: known } }) => `${spanText(known)}, by ${known!.by}`),
    );
    const drivers = html('#decision th:contains("throughput")').parent().find("td.number").toArray();
    expect(drivers.slice(1, 3).map((cell) => html(cell).text())).toEqual(
      evidence.map(({ ceilings: { [region]: known } }) => spanText(known)),
    );
    const scopes = html("#decision a.scope").toArray();
    expect(scopes.map(({ attribs }) => attribs["href"])).toEqual(
      ["prices", "outages", "outages", "operating", "footprint", "holding", "scoreboard", "prices"].map(
        (id) => `#${id}`,
      ),
    );
    expect(scopes.map((each) => html(each).text()).join("; ")).toContain("profile; there at 1,000,000, equal");
    const alone = load(renderPage({ ...page, decided: undefined }));
    expect(alone("#operating > p .command").text()).toContain("pnpm decide");
    expect(alone("#operating").text()).not.toContain("orders a second in");
  });

  test("says how many lines all change requests take by which it was decided, where none was granted", () => {
    const lines = page.decided!.evidence.map(({ variant, changedLines }) => `${variant} ${changedLines}`);
    expect(text("#footprint")).toContain(`by which the brief was decided: ${lines.join(", ")}.`);
  });

  test("says what each brief that comes with the project leads to, and what speaks against it", () => {
    const { others, ...own } = page.decided as DecisionFile;
    for (const { brief, choice, pairs } of [own, ...others]) {
      expect(choice, brief.title).toBeDefined();
      const verdicts = pairs.filter(({ between }) => between.includes(choice!)).flatMap((pair) => pair.verdicts);
      expect(
        verdicts.filter(({ winner }) => winner && winner !== choice),
        brief.title,
      ).not.toEqual([]);
    }
    for (const { brief } of others) expect(text("#decision")).toContain(brief.title);
  });
});
