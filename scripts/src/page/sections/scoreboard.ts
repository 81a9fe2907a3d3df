import type { Result } from "../../judgement/results.ts";
import { shellWords } from "../../shell-word.ts";
import { plain, tableOf } from "../markdown.ts";
import { type Content, type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { command, figure, named, scrolling } from "../parts.ts";
import { metrics, type TallyMetric } from "../scores/metrics.ts";
import type { Score } from "../scores/score.ts";
import type { Section } from "../section.ts";
import { endsText } from "./came-of-it.ts";
import { pathsHtml, pathsMarkdown } from "./paths.ts";

const isParity = ({ metric }: Score): boolean => metric.kind === "parity";

const heads = {
  counted: "What it took: where the variants may differ",
  parity: "Held equal: proves parity",
};

const parity =
  "Parity: the same orders come to the same, whoever coordinates them. The variants share steps, table, inputs and, " +
  "in the equal profile, retries; so ends, charges, refunds and parcels must be the same. Where every row below " +
  "reads “no difference”, whatever differs above is due to the coordination alone; where one differs, the " +
  "comparison is broken or the variant says why.";

/** Every metric with each variant's value, and who wins. */
export const scoreboard: Section = {
  id: "scoreboard",
  title: "Scoreboard",
  html: (page) =>
    markup`<p>${over(page)}</p>
      ${scoreTable(
        page,
        heads.counted,
        page.scores.filter((score) => !isParity(score)),
      )}
      <p>${parity}</p>
      ${scoreTable(page, heads.parity, page.scores.filter(isParity))}
      <details id="scenarios">
        <summary>Scenario by scenario</summary>
        ${scenarioTable(page)}
      </details>
      ${
        page.paths.length > 0 &&
        markup`<details>
          <summary>Links by path</summary>
          ${pathsHtml(page)}
        </details>`
      }
      <details>
        <summary>What each row counts, and how</summary>
        <dl>
          ${page.scores.map(
            ({ metric }) =>
              markup`<dt id="metric-${metric.id}">${metric.title} <code>${metric.id}</code></dt>
                <dd>${metric.definition} <code>${metric.formula}</code></dd>`,
          )}
        </dl>
      </details>`,
  markdown: (page) =>
    [over(page), ...scoreTables(page), parity, ...(page.paths.length > 0 ? [pathsMarkdown(page)] : [])].join("\n\n"),
};

/** Of how many orders the rows are. */
function over({ run, told }: Page): string {
  const sample =
    told.orders < told.of
      ? ` Rows marked * are of ${figure(told.orders)} of ${figure(told.of)} orders, of which the log has every line.`
      : "";
  return `Over all orders, ${run.profile} profile. One run has one value of each: no spread is shown.${sample}`;
}

/** Marked where it is counted of a sample. */
const titleOf = ({ metric: { title, isOfLog } }: Score, { told }: Page): string =>
  isOfLog && told.orders < told.of ? `${title} *` : title;

const scoreTables = (page: Page): string[] =>
  [page.scores.filter((score) => !isParity(score)), page.scores.filter(isParity)].map((scores, index) => {
    const head = ["metric", ...page.variants, "who wins"];
    const rows = scores.map((score) => [
      plain(titleOf(score, page)),
      ...page.variants.map((variant) => [figure(score.values[variant]!), timesOf(score, variant)].join(" ").trim()),
      plain([score.comparison.phrase, score.comparison.last].filter(Boolean).join("; ")),
    ]);
    return `${[heads.counted, heads.parity][index]}\n\n${tableOf(head, rows)}`;
  });

const scoreTable = (page: Page, caption: string, scores: readonly Score[]): Html =>
  scrolling(
    caption,
    markup`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">metric</th>
          ${page.variants.map((name) => markup`<th scope="col" class="number">${named(page.variants, name)}</th>`)}
          <th scope="col">who wins</th>
        </tr>
      </thead>
      <tbody>
        ${scores.map(
          (score) =>
            markup`<tr id="score-${score.metric.id}">
              <th scope="row"><a href="#metric-${score.metric.id}">${titleOf(score, page)}</a></th>
              ${page.variants.map(
                (name) =>
                  markup`<td class="number">
                    <span data-metric="${score.metric.id}" data-variant="${name}">${figure(score.values[name]!)}</span>
                    ${timesOf(score, name) && markup` <span class="times">${timesOf(score, name)}</span>`}
                  </td>`,
              )}
              <td class="said">${score.comparison.phrase}${lastHtml(score, page)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );

/** Who is last: leads to the pictures of orders, or where all orders are counted to each scenario. */
const lastHtml = ({ metric: { isOfLog }, comparison: { last } }: Score, { pairs }: Page): Content =>
  last !== undefined && ["; ", markup`<a href="#${isOfLog && pairs.length > 0 ? "pairs" : "scenarios"}">${last}</a>`];

/** How many times the least it is; nothing for the least itself, and where that is 0. */
function timesOf({ comparison: { relative } }: Score, variant: string): string {
  const times = relative[variant];
  return times === undefined || times === 1 ? "" : `(×${times.toFixed(2)})`;
}

/** What may differ and has a row of its own. */
const countedOn = ({ scores }: Page): readonly TallyMetric[] =>
  metrics.filter(({ kind, id }) => kind !== "parity" && scores.some(({ metric }) => metric.id === id));

/** The counts of each scenario, and how its orders ended. */
const scenarioTable = (page: Page): Html => {
  const counted = countedOn(page);
  return scrolling(
    "Scenario by scenario",
    markup`<table class="counts">
      <thead>
        <tr>
          <th scope="col" rowspan="2">scenario</th>
          <th scope="col" rowspan="2">orders</th>
          <th scope="col" rowspan="2">ends</th>
          <th scope="col" rowspan="2">match</th>
          ${counted.map(({ title }) => markup`<th scope="colgroup" colspan="${page.variants.length}">${title}</th>`)}
          <th scope="col" rowspan="2">told by</th>
        </tr>
        <tr>
          ${counted.map(() =>
            page.variants.map((name) => markup`<th scope="col" class="number">${named(page.variants, name)}</th>`),
          )}
        </tr>
      </thead>
      <tbody>
        ${page.run.results.map((result) => scenarioRow(result, page))}
      </tbody>
    </table>`,
  );
};

const scenarioRow = (result: Result, page: Page): Html =>
  markup`<tr data-scenario="${result.name}">
    <th scope="row">${result.name}</th>
    <td>${figure(result.orders)}</td>
    <td>${endsOf(result)}</td>
    <td>${result.verdict}</td>
    ${countedOn(page).map(({ of }) =>
      page.variants.map((name) => markup`<td>${figure(of(result.variants[name]!))}</td>`),
    )}
    <td>${toldBy(result, page)}</td>
  </tr>`;

/** The pair that is drawn of a scenario; of any other the command that tells it. */
function toldBy({ name }: Result, { pairs, orders }: Page): Html | undefined {
  const drawn = pairs.find(({ batch }) => batch === name);
  const told = orders.find(({ batch }) => batch === name);
  if (drawn) return markup`<a href="#${drawn.id}">side by side</a>`;
  return told && command(`pnpm trace ${shellWords([told.orderId])}`);
}

/** What the orders ended as: once where the variants agree, as they must. */
function endsOf({ variants }: Result): string {
  return [...new Set(Object.values(variants).map(({ ends }) => endsText(ends)))].join(" / ");
}
