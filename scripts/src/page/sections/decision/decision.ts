import { threshold } from "../../../decision/weigh.ts";
import type { OutageFile } from "../../../faults/kept.ts";
import { plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import { lostBy } from "../../outages/losses.ts";
import { asked, percent } from "../../outages/survival.ts";
import type { Page } from "../../page.ts";
import { named, scrolling } from "../../parts.ts";
import type { Metric } from "../../scores/metrics.ts";
import { type Pairing, pairings } from "../../scores/score.ts";
import type { Section } from "../../section.ts";
import { decidedHtml, decidedMarkdown } from "./decided.ts";

const rule =
  `A metric is won by whoever needs it ${threshold} times less often or more; anything closer is a tie. ` +
  "Events and transitions are not weighed: each stands in the place of the other.";

const undecided: Missing = {
  shows: "Here stands who is chosen for a brief: which must-haves each variant passes, and what flips the choice.",
  commands: ["decide"],
};

const counts =
  "These counts know neither must-haves nor weights, so they can point elsewhere than a brief. What an outage leaves " +
  "of the orders is no such count: it stands beside them where whoever is ahead loses more.";

/** What decides between each two variants: wins, ties and losses by the scoreboard. */
export const decision: Section = {
  id: "decision",
  title: "What decides",
  html: (page) =>
    markup`<h3>By a brief</h3>
      ${page.decided ? decidedHtml(page.decided, page) : missingHtml(undecided, page)}
      <h3>Effort alone, which chooses nobody: the counts of this run</h3>
      <p>${counts} ${rule}</p>
      ${pairingsHtml(page)}`,
  markdown: (page) =>
    [
      ...(page.decided ? decidedMarkdown(page.decided) : [missingMarkdown(undecided, page)]),
      `${counts} ${rule}`,
      pairingsMarkdown(page),
    ].join("\n\n"),
};

const heads = ["wins", "ties", "losses"] as const;

/** Every two of seven are a long table, and choose nobody. */
const pairingsHtml = (page: Page): Html =>
  page.variants.length > 3
    ? markup`<details>
        <summary>Every two variants, by the counts of this run</summary>
        ${pairingsTable(page)}
      </details>`
    : pairingsTable(page);

const pairingsTable = ({ scores, variants, outages: [outages] }: Page): Html =>
  scrolling(
    "Every two variants",
    markup`<table>
      <caption>Every two variants: what the first wins, ties and loses</caption>
      <thead>
        <tr>
          <th scope="col">between</th>
          ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
          <th scope="col">so</th>
        </tr>
      </thead>
      <tbody>
        ${pairings(scores, variants).map(
          (pairing) =>
            markup`<tr>
              <th scope="row">${named(variants, pairing.left)} against ${named(variants, pairing.right)}</th>
              ${heads.map((head) => metricsCell(pairing[head], head !== "ties"))}
              <td class="named">
                ${outcomeOf(pairing)}${caveatsOf(pairing, outages).map(
                  (caveat) => markup`<a class="line" href="#outages">${caveat}</a>`,
                )}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );

/** How many, and which where somebody is better by them. */
const metricsCell = (metrics: readonly Metric[], isNamed: boolean): Html =>
  isNamed
    ? markup`<td class="named">${metrics.length}${metrics.length > 0 && [": ", metrics.map(linkTo)]}</td>`
    : markup`<td>${metrics.length}</td>`;

const linkTo = ({ id, title }: Metric, at: number): Html =>
  markup`${at > 0 && ", "}<a href="#score-${id}">${title}</a>`;

const pairingsMarkdown = ({ scores, variants, outages: [outages] }: Page): string =>
  tableOf(
    ["between", ...heads, "so"],
    pairings(scores, variants).map((pairing) => [
      `${pairing.left} against ${pairing.right}`,
      ...heads.map((head) => String(pairing[head].length)),
      plain([outcomeOf(pairing), ...caveatsOf(pairing, outages)].join("; ")),
    ]),
  );

/** Who is ahead, or that no one is. */
export function outcomeOf(pairing: Pairing): string {
  const { wins, losses } = pairing;
  const ahead = aheadIn(pairing);
  if (ahead === undefined) return "no decision by these counts";
  return `${ahead} is ahead, ${Math.max(wins.length, losses.length)} to ${Math.min(wins.length, losses.length)}`;
}

const aheadIn = ({ left, right, wins, losses }: Pairing): string | undefined =>
  wins.length === losses.length ? undefined : wins.length > losses.length ? left : right;

/** What whoever is ahead loses in an outage, and the other does not. */
function caveatsOf(pairing: Pairing, outages: OutageFile | undefined): string[] {
  const ahead = aheadIn(pairing);
  if (ahead === undefined || !outages) return [];
  const other = ahead === pairing.left ? pairing.right : pairing.left;
  return lostBy(ahead, other, outages.curves).map(
    ({ dependency, shipped, against }) =>
      `but ships ${percent(shipped)} against ${percent(against)} where ${dependency} is away for ${asked} s`,
  );
}
