import type { Bill } from "../../../bill/bill.ts";
import type { CostReport } from "../../../bill/cost-report.ts";
import type { LatencyReport, PathReport } from "../../../latency/latency-report.ts";
import type { Range } from "../../../latency/path.ts";
import { renderCrossing } from "../../../report/render-cost.ts";
import { verdictsOf } from "../../../report/render-latency.ts";
import { plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import { command, named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";
import { hopsHtml, rulesHtml } from "./rules.ts";

const missing = {
  cost: { shows: "Here stands what a month of orders costs, modelled.", commands: ["cost"] },
  latency: { shows: "Here stands how long an order takes, modelled.", commands: ["latency"] },
} as const satisfies Record<string, Missing>;

/** What a month costs and how long an order takes: both modelled, and named so. */
export const prices: Section = {
  id: "prices",
  title: "Cost and latency, modelled",
  html: (page) => {
    const { cost, latency, variants } = page;
    return markup`<h3>What a month costs</h3>
      ${cost ? costHtml(cost, variants) : missingHtml(missing.cost, page)}
      <h3>How long an order takes</h3>
      ${latency ? latencyHtml(latency, variants) : missingHtml(missing.latency, page)}`;
  },
  markdown: (page) => {
    const { cost, latency } = page;
    return [
      ...(cost ? costMarkdown(cost) : [missingMarkdown(missing.cost, page)]),
      ...(latency ? latencyMarkdown(latency) : [missingMarkdown(missing.latency, page)]),
    ].join("\n\n");
  },
};

const dollars = (usd: number): string =>
  usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const totalOf = ({ total }: Bill): string =>
  total ? `${dollars(total.base)} (${dollars(total.low)} to ${dollars(total.high)})` : "unknown: prices are missing";

const totalHtml = ({ total }: Bill): Html =>
  total
    ? markup`${dollars(total.base)} <span class="times">(${dollars(total.low)} to ${dollars(total.high)})</span>`
    : markup`<span class="apart">unknown: prices</span> <span class="apart">are missing</span>`;

const headingOf = ({ ordersPerMonth, region, pricesOf, profile }: CostReport): string =>
  `US dollars a month for ${ordersPerMonth.toLocaleString("en")} orders, ${region}, ` +
  `list prices of ${pricesOf}, ${profile} profile`;

const shownOf = ({ lines, fixed }: Bill) => [...lines, ...fixed.filter(({ rule }) => !rule.startsWith("tick-"))];

/** What was billed of any variant, by its title; the sweeper's cents are in the total alone. */
const linesOf = ({ bills }: CostReport): [rule: string, title: string][] => [
  ...new Map(bills.flatMap(shownOf).map(({ rule, title }) => [rule, title])),
];

const lineOf = (bill: Bill, rule: string): string => {
  const line = shownOf(bill).find((each) => each.rule === rule);
  if (!line) return "–";
  return line.usd ? dollars(line.usd.base) : "no price";
};

function cheaperText(cheaper: string | undefined, ratio: number | undefined): string {
  if (ratio === undefined) return "unknown, since prices are missing";
  return cheaper ? `${cheaper} costs less, by a factor of ${ratio.toFixed(1)}` : "no one for sure";
}

/** Of each two variants who costs less, and where that turns round. */
const sayings = ({ pairs }: CostReport) =>
  pairs.map(({ between, cheaper, ratio, crossings }) => ({
    who: `${between.join(" against ")}: ${cheaperText(cheaper, ratio)}.`,
    turns: crossings.map(renderCrossing),
  }));

const costHtml = (cost: CostReport, variants: readonly string[]): Html => markup`
  ${scrolling(
    "a month's bill",
    markup`<table>
      <caption>${headingOf(cost)}</caption>
      <thead>
        <tr>
          <th scope="col">line</th>
          ${cost.bills.map(({ variant }) => markup`<th scope="col" class="number">${named(variants, variant)}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr class="sum">
          <th scope="row">total, base (low to high)</th>
          ${cost.bills.map((bill) => markup`<td class="number">${totalHtml(bill)}</td>`)}
        </tr>
        ${linesOf(cost).map(
          ([rule, title]) =>
            markup`<tr>
              <th scope="row"><a href="#rule-${rule}">${title}</a></th>
              ${cost.bills.map((bill) => markup`<td class="number">${lineOf(bill, rule)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  <h4>Who costs less, and where that turns round</h4>
  ${sayings(cost).map(
    ({ who, turns }, _at, { length }) => markup`<details${length === 1 && " open"}>
      <summary>${who}</summary>
      <ul>${turns.map((turn) => markup`<li>${turn}</li>`)}</ul>
    </details>`,
  )}
  <p>Orders: ${cost.mix}. Each line leads to its rule. Again: ${command(cost.command)}</p>
  ${rulesHtml(cost)}`;

const costMarkdown = (cost: CostReport): string[] => [
  plain(headingOf(cost)),
  tableOf(
    ["line", ...cost.bills.map(({ variant }) => plain(variant))],
    [
      ...linesOf(cost).map(([rule, title]) => [plain(title), ...cost.bills.map((bill) => lineOf(bill, rule))]),
      ["total", ...cost.bills.map((bill) => plain(totalOf(bill)))],
    ],
  ),
  sayings(cost)
    .map(({ who, turns }) => [`- ${plain(who)}`, ...turns.map((turn) => `  - ${plain(turn)}`)].join("\n"))
    .join("\n"),
];

const ms = ({ least, most }: Range): string =>
  Math.round(least) === Math.round(most) ? `${Math.round(least)} ms` : `${Math.round(least)} to ${Math.round(most)} ms`;

/** Of the paths on which no retry waits: a wait is told by virtual time. */
const prompt = ({ paths }: LatencyReport): readonly PathReport[] => paths.filter(({ pairs }) => pairs.length > 0);

const timeOf = ({ modelled }: PathReport["times"][number]): string =>
  modelled ? `p50 ${ms(modelled.p50)}, p95 ${ms(modelled.p95)}` : "unknown";

const verdictOf = (path: PathReport): string =>
  [
    ...verdictsOf(path),
    ...path.pairs.flatMap(({ between, flips }) => {
      const at = flips.map(({ hop, atMs }) => `${hop} hop of ${atMs} ms`).join(" or ");
      return at ? [`${between.join(" and ")} flip at a ${at}`] : [];
    }),
  ].join("; ");

const latencyHtml = (latency: LatencyReport, variants: readonly string[]): Html => markup`
  ${scrolling(
    "latencies",
    markup`<table>
      <caption>
        From placing to the end, over every published source of <a href="#hops">each hop</a>, ${latency.profile} profile
      </caption>
      <thead>
        <tr>
          <th scope="col">scenario</th>
          ${(prompt(latency)[0]?.times ?? []).map(
            ({ variant }) => markup`<th scope="col">${named(variants, variant)}</th>`,
          )}
          <th scope="col">takes less</th>
        </tr>
      </thead>
      <tbody>
        ${prompt(latency).map(
          (path) =>
            markup`<tr>
              <th scope="row">${path.scenario}</th>
              ${path.times.map((time) => markup`<td>${timeOf(time)}</td>`)}
              <td>${verdictOf(path)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  <p>Again: ${command(latency.command)}</p>
  ${hopsHtml(latency)}`;

const latencyMarkdown = (latency: LatencyReport): string[] => [
  tableOf(
    ["scenario", ...(prompt(latency)[0]?.times ?? []).map(({ variant }) => plain(variant)), "takes less"],
    prompt(latency).map((path) => [
      plain(path.scenario),
      ...path.times.map((time) => plain(timeOf(time))),
      plain(verdictOf(path)),
    ]),
  ),
];
