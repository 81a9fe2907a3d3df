import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import type { Result, RunResults, Tally } from "../../src/judgement/results.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { scoresOf } from "../../src/page/scores/score.ts";

const recorded = fileURLToPath(new URL("../recorded", import.meta.url));
const run = JSON.parse(readFileSync(`${recorded}/results.json`, "utf8")) as RunResults;
const variants = ["choreography", "orchestration"];
const loaded = await loadPage(recorded);
const text = renderPage(loaded);
const page = load(text);

/** Where a row of the page stands in `results.json`, written down a second time. */
const inResults: Readonly<Record<string, (tally: Tally) => unknown>> = {
  "aws-calls": ({ counts }) => counts.awsCalls,
  invocations: ({ counts }) => counts.invocations,
  events: ({ counts }) => counts.events,
  transitions: ({ counts }) => counts.stateTransitions,
  shipped: ({ ends }) => ends["SHIPPED"] ?? 0,
  failed: ({ ends }) => ends["INVENTORY_FAILED"] ?? 0,
  released: ({ ends }) => ends["INVENTORY_RELEASED"] ?? 0,
  parked: ({ ends }) => ends["NEEDS_ATTENTION"] ?? 0,
  rejected: ({ ends }) => ends["REJECTED"] ?? 0,
  unsettled: () => 0,
  charges: ({ sideEffects }) => sideEffects.charges,
  refunds: ({ sideEffects }) => sideEffects.refunds,
  shipments: ({ sideEffects }) => sideEffects.shipments,
  "units-held": ({ sideEffects }) => sideEffects.unitsHeld,
};

const withOrder = (orderId: string): RunResults => {
  const finding = { orderId, what: `${orderId} differs`, seen: { choreography: orderId, orchestration: 1 } };
  const result = { ...run.results[0]!, findings: [finding], findingCount: 1, verdict: "invalid" as const };
  return { ...run, verdict: "invalid", results: [result] };
};
const pageOf = (results: RunResults) => ({ ...loaded, run: results, scores: scoresOf(results.results, variants, {}) });

describe("the page", () => {
  test("shows in every cell of a scenario what results.json has there", () => {
    const rows = page("tr[data-scenario]").toArray();
    expect(rows.map(({ attribs }) => attribs["data-scenario"])).toEqual(run.results.map(({ name }) => name));
    const shown = ["aws-calls", "invocations", "events", "transitions"];
    for (const [at, row] of rows.entries()) {
      const expected = shown.flatMap((metric) =>
        variants.map((variant) => String(inResults[metric]!(run.results[at]!.variants[variant]!))),
      );
      const cells = page(row).find("td").slice(3, -1).toArray();
      expect(
        cells.map((cell) => page(cell).text()),
        run.results[at]!.name,
      ).toEqual(expected);
    }
  });

  test("shows in every row of the scoreboard the sum over the scenarios", () => {
    const cells = page("[data-metric]").toArray();
    expect(cells).toHaveLength(Object.keys(inResults).length * variants.length);
    for (const element of cells) {
      const cell = page(element);
      const sum = run.results
        .map(({ variants: tallies }) => inResults[String(cell.data("metric"))]!(tallies[String(cell.data("variant"))]!))
        .reduce<number>((total, each) => total + Number(each), 0);
      expect(cell.text(), String(cell.data("metric"))).toBe(sum.toLocaleString("en"));
    }
  });

  test("says in three sentences what came of it, and the command that repeats it", () => {
    expect(
      page(".verdict p:not(.mark, .word)")
        .toArray()
        .map((each) => page(each).text()),
    ).toEqual([
      "24 placements (22 orders, 1 refused at the door, 1 said again) went through choreography and orchestration " +
        "and ended alike: same status, same stock, same money, same parcels.",
      "What it took decides for no one: AWS calls and function invocations are within 1.5 times of each other.",
      "Both sentences are counted from one run of the equal profile in the embedded cloud, in this process. " +
        "No one is chosen: that takes a brief, under What decides.",
      "Again: pnpm compare --target local",
    ]);
  });

  test("has a target for every link, each id once, and no link that leaves it", () => {
    const ids = page("[id]")
      .toArray()
      .map(({ attribs }) => attribs["id"]!);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page("[href]")
      .toArray()
      .map(({ attribs }) => attribs["href"]!);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !link.startsWith("#") || !ids.includes(link.slice(1)))).toEqual([]);
    const described = page("[aria-labelledby], [aria-describedby]").toArray();
    const named = described.flatMap(({ attribs }) => [attribs["aria-labelledby"], attribs["aria-describedby"]]);
    const shapes = [...text.matchAll(/url\(#(.*?)\)/g)].map(([, id]) => id);
    expect(shapes.length).toBeGreaterThan(0);
    expect(shapes.filter((id) => !ids.includes(id!))).toEqual([]);
    expect(named.filter((id) => id !== undefined && !ids.includes(id))).toEqual([]);
  });

  test("asks for nothing from anywhere", () => {
    expect(text.match(/https?:|\burl\((?!#)|@import|<(link|iframe|img|object|embed)/gi)).toBeNull();
    expect(page("[src], [srcset], [action], [formaction], [ping]")).toHaveLength(0);
  });

  test("lets in its own style and script by their hashes, and nothing else", () => {
    const policy = page('meta[http-equiv="Content-Security-Policy"]').attr("content")!;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toContain("unsafe");
    for (const block of page("style, script:not([type='application/json'])").toArray()) {
      const hash = createHash("sha256").update(page(block).text()).digest("base64");
      expect(policy).toContain(`${block.tagName}-src 'sha256-${hash}'`);
    }
    expect(page("[style]")).toHaveLength(0);
    const attributes = page("html *")
      .toArray()
      .flatMap(({ attribs }) => Object.keys(attribs));
    expect(attributes.filter((name) => name.startsWith("on"))).toEqual([]);
  });

  test.each(["</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "a&lt;b", "<!--", "o\u202ex"])(
    "shows an order that calls itself %s as that text, and nothing of it becomes mark-up",
    (orderId) => {
      const hostile = load(renderPage(pageOf(withOrder(orderId))));
      expect(hostile("img, svg[onload], [onerror]")).toHaveLength(0);
      expect(hostile("#findings-happy b").text()).toBe(orderId.replace("\u202e", "\\u202e"));
    },
  );

  test("says who ends otherwise as declared, and which declared difference did not happen", () => {
    const [first, ...others] = run.results;
    const tallies = Object.entries(first!.variants).map(([name, each]) => [name, { ...each, declared: 1 }]);
    const otherwise = [{ ...first!, variants: Object.fromEntries(tallies) as Result["variants"] }, ...others];
    expect(renderPage(pageOf({ ...run, results: otherwise }))).toContain(
      "same parcels; but in happy, as declared, choreography and orchestration ended some orders otherwise.",
    );
    const difference = { kinds: ["throttle"], dependencies: ["lambda"], ends: ["SHIPPED"], because: "b", source: "s" };
    const swept = otherwise.map((each) => ({
      ...each,
      variants: { ...each.variants, orchestration: { ...each.variants["orchestration"]!, sweeps: 1 } },
    }));
    expect(renderPage(pageOf({ ...run, results: swept }))).toContain(
      "in happy, as declared, orchestration ended so by the sweeper alone.",
    );
    const released = { ...first!.variants["orchestration"]!, declared: 1, ends: { INVENTORY_RELEASED: 1 } };
    const ends = { ...first!.variants, orchestration: released };
    expect(renderPage(pageOf({ ...run, results: [{ ...first!, variants: ends }] }))).toContain(
      "; but in happy, as declared, orchestration ended INVENTORY_RELEASED and not SHIPPED.",
    );
    const outdated = [{ what: "declares what did not happen", seen: { orchestration: difference } }];
    const shown = load(renderPage(pageOf({ ...run, verdict: "invalid", outdated })));
    expect(shown(".verdict p").text()).toContain("1 declared difference did not happen.");
    expect(shown("#outdated").text()).toContain("orchestration declares what did not happen: throttle of lambda");
  });

  test("tells every finding before anything else, with the command that shows it again", () => {
    const found = load(renderPage(pageOf(withOrder("order-42"))));
    expect(found("#verdict .word").text()).toBe("invalid comparison");
    expect(found("#verdict li > b").text()).toBe("order-42");
    expect(found("#findings-happy > p code").text()).toBe("pnpm compare --scenario happy --target local");
  });

  test("is the same, byte for byte, for the same results", async () => {
    expect(renderPage(await loadPage(recorded))).toBe(text);
    expect(renderPage(pageOf({ ...run, command: "pnpm compare --seed 2" }))).not.toBe(text);
  });
});

describe("the twin in Markdown", () => {
  test("has the same sections and the same figures", () => {
    const twin = renderMarkdown(loaded);
    const titles = [...twin.matchAll(/^## \d+\. (.+)$/gm)].map(([, title]) => title);
    expect(titles).toEqual(
      page("h2")
        .toArray()
        .map((each) => page(each).text().replace(/^\d+ /, "")),
    );
    for (const row of page("tr[id^=score-]").toArray()) {
      const cells = page(row)
        .find("th, td")
        .toArray()
        .map((cell) => page(cell).text());
      expect(twin).toContain(`| ${cells.join(" | ")} |`);
    }
  });

  test("lets no mark-up of an order through", () => {
    const twin = renderMarkdown(pageOf(withOrder("`|<img src=x>|[a](b)")));
    expect(twin).not.toContain("\n|<img");
    expect(twin).toContain("`` `\\|<img src=x>\\|[a](b) ``");
    expect(twin).toContain("\\`\\|\\<img src=x\\>\\|\\[a\\](b) differs");
  });
});
