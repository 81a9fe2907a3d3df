import type { CostReport, Rule } from "../../../bill/cost-report.ts";
import { hopBefore, sourcesOf } from "../../../latency/hops.ts";
import type { LatencyReport } from "../../../latency/latency-report.ts";
import { type Html, markup } from "../../markup.ts";
import { scrolling } from "../../parts.ts";

/** The rule, the price and the source of each line of the bills, and what was assumed. */
export const rulesHtml = (cost: CostReport): Html => markup`
  <h4>How each line is computed</h4>
  ${scrolling(
    "rules of the bill",
    markup`<table>
      <caption>Units of each line, and the price of one in ${cost.region}</caption>
      <thead>
        <tr>
          <th scope="col">line</th>
          <th scope="col">units</th>
          <th scope="col">rule of</th>
          <th scope="col">price</th>
        </tr>
      </thead>
      <tbody>
        ${usedIn(cost).map(
          (rule) =>
            markup`<tr id="rule-${rule.id}">
              <th scope="row">${rule.title}</th>
              <td>${rule.formula}</td>
              <td>${rule.source}</td>
              <td>${pricesOf(rule, cost).map((price) => markup`${price}<br />`)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}
  <ul>
    ${Object.values(cost.assumed).map(
      ({ what, low, base, high, unit, why }) =>
        markup`<li>Assumed: ${what}: ${low}, ${base}, ${high} ${unit} (low, base, high). ${why}</li>`,
    )}
  </ul>`;

const linesIn = ({ bills }: CostReport) => bills.flatMap(({ lines, fixed }) => [...lines, ...fixed]);

const usedIn = (cost: CostReport): readonly Rule[] =>
  cost.rules.filter(({ id }) => linesIn(cost).some(({ rule }) => rule === id));

/** Variants may pay one line by different prices: functions of another architecture. */
function pricesOf({ id }: Rule, cost: CostReport): string[] {
  const ids = new Set(linesIn(cost).flatMap(({ rule, price }) => (rule === id ? [price] : [])));
  return [...ids].map((each) => {
    const price = cost.prices.find((known) => known.id === each);
    return price ? `${price.usd} USD a ${price.unit}: ${price.source} (${price.asOf})` : `${each}: no price known`;
  });
}

/** What each hop is modelled from. */
export const hopsHtml = ({ medians, paths, assumed }: LatencyReport): Html => markup`
  <h4 id="hops">What each hop is modelled from</h4>
  <ul>
    ${hopsOf(paths).flatMap((hop) => {
      if (medians[hop] !== undefined) return [markup`<li>${hop}: ${medians[hop]} ms at the median, as was said</li>`];
      const sources = sourcesOf(hop);
      if (sources.length === 0) return [markup`<li>${hop}: no source gives it (--${hop}-hop)</li>`];
      return sources.map(
        ({ what, p50 = "–", p90 = "–", p99, measured, source }) =>
          markup`<li>${hop}: ${what}: p50 ${p50}, p90 ${p90}, p99 ${p99} ms (${measured}, ${source})</li>`,
      );
    })}
    <li>Assumed: ${assumed.callMs} ms a call, ${assumed.handlerMs} ms of a step's own work, no cold start</li>
  </ul>`;

const hopsOf = (paths: LatencyReport["paths"]) => [
  ...new Set(paths.flatMap(({ times }) => times.flatMap(({ wakers }) => wakers.map((waker) => hopBefore[waker])))),
];
