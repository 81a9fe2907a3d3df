import { fileURLToPath } from "node:url";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import type { Brief } from "../../src/decision/brief.ts";
import { decide } from "../../src/decision/decide.ts";
import type { Evidence } from "../../src/decision/evidence.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { renderMarkdown, renderPage } from "../../src/page/render-page.ts";
import { brief as anyBrief, level as anyLevel } from "../decision/level.ts";

const run = await loadPage(fileURLToPath(new URL("../recorded", import.meta.url)));

const level: Evidence = { ...anyLevel, variant: "choreography" };
const brief: Brief = { ...anyBrief, must: { survivesOutageSeconds: 60 } };

/** What the page says first, where the orchestration is so, and of the decision. */
function said(changes: Partial<Evidence>, others: readonly Brief[] = [], by = brief) {
  const evidence = [level, { ...level, variant: "orchestration", ...changes }];
  const decision = decide(by, () => evidence);
  const decided = {
    ...decision,
    command: "pnpm decide",
    profile: "idiomatic" as const,
    region: "us-east-1",
    quotas: "AWS quota pages",
    evidence,
    others: others.map((other) => decide(other, () => evidence)),
  };
  const page = load(renderPage({ ...run, decided }));
  const [, choice, basis] = page("#verdict .verdict p:not(.mark, .word)")
    .toArray()
    .map((each) => page(each).text());
  return { choice, basis, page, markdown: renderMarkdown({ ...run, decided }) };
}

describe("the verdict of a page with a decided brief", () => {
  test("names who is chosen under which must-haves, who fails which, and what flips it", () => {
    const { choice, basis, page, markdown } = said({ outageSeconds: { table: 7, lambda: 100 } });
    expect(choice).toBe(
      "For the brief “A brief”, with the retries of the idiomatic profile, choreography is chosen, the only one " +
        "that passes all must-haves (ships half of the orders in an outage of 60 s); orchestration fails " +
        "“ships half of the orders in an outage of 60 s” (half ship in up to 7 s without table).",
    );
    expect(basis).toMatch(/^It flips where the length of the outage in which half must ship, in seconds, goes from 60/);
    expect(basis).toContain("the choice is that of the idiomatic profile, with latency, cost and throughput modelled.");
    expect(markdown).toContain("choreography is chosen, the only one that passes");
    const apart =
      "half of the orders that arrive in 60 s without table or lambda still ship, with idiomatic retries, and";
    expect(page("#decision p:contains(asks something else)").text()).toContain(`${apart} not 95 % in 120 s`);
    expect(markdown).toContain(apart);
  });

  test("says that no one is chosen where all are level, and where none passes", () => {
    expect(said({}).choice).toBe(
      "For the brief “A brief”, with the retries of the idiomatic profile, no one is chosen: choreography and " +
        "orchestration pass all must-haves (ships half of the orders in an outage of 60 s), and are level by the " +
        "weights.",
    );
    const lost = { table: 1, lambda: 1 };
    const none = decide(brief, () => [{ ...level, outageSeconds: lost }]);
    expect(none.choice).toBeUndefined();
    const decided = {
      ...none,
      command: "",
      profile: "idiomatic" as const,
      region: "us-east-1",
      quotas: "AWS quota pages",
      evidence: [],
      others: [],
    };
    expect(renderMarkdown({ ...run, decided })).toContain("no one is chosen, since none passes all must-haves");
  });

  test("says who is unknown in a must-have, by name, and what makes it known, and not that they fail", () => {
    const asking = { ...brief, must: { answersWithinMs: 100 } };
    const unknown = { clientWaits: true, shippedMs: undefined, unknownHops: ["direct"] as const };
    const { choice, page } = said(unknown, [], asking);
    expect(choice).toContain(
      "of orchestration “answers within 100 ms” is unknown (no source says how long a direct hop takes; " +
        "it is known once you say it: pnpm decide --direct-hop MS).",
    );
    expect(choice).not.toContain("fail");
    const cells = page("#decision table:contains(Must-haves) td").toArray();
    expect(cells.map((each) => page(each).text().split(":")[0])).toEqual(["✓ pass", "? unknown", ""]);
  });

  test("names another brief that leads to another choice", () => {
    const other = { ...brief, title: "Another", must: { auditDays: 30 } };
    const { basis } = said({ auditDays: 90, usdPerMillion: { least: 90, most: 90 } }, [other]);
    expect(basis).toContain("“Another” leads to orchestration");
  });
});

describe("what decides", () => {
  test("has every driver with the value of each variant, and who is better by which", () => {
    const { page } = said({ usdPerMillion: { least: 90, most: 95 }, whyCalls: 1 });
    const row = page("#decision th:contains(cost)").parent();
    expect(
      row
        .find("td.number")
        .toArray()
        .map((each) => page(each).text()),
    ).toEqual(["1", "20", "90 to 95"]);
    expect(page("#decision li").first().text()).toMatch(
      /^choreography against orchestration, 1 to 1 by weight: choreography by cost; orchestration by observability; no/,
    );
  });
});
