import { threshold } from "../../decision/weigh.ts";
import { code, plain, tableOf } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import { command, named, scrolling } from "../parts.ts";
import type { Metric } from "../scores/metrics.ts";
import { type Pairing, pairings } from "../scores/score.ts";
import type { Section } from "../section.ts";
import { decidedHtml, decidedMarkdown } from "./decided.ts";

const rule =
  `A metric is won by whoever needs it ${threshold} times less often or more; anything closer is a tie. ` +
  "Events and transitions are not weighed: each stands in the place of the other.";

const undecided = "No brief was decided beside this run. This does it:";
const next = "pnpm decide && pnpm report";

/** What decides between each two variants: wins, ties and losses by the scoreboard. */
export const decision: Section = {
  id: "decision",
  title: "What decides",
  html: ({ scores, variants, decided }) =>
    markup`${decided ? decidedHtml(decided, variants) : markup`<p>${undecided} ${command(next)}</p>`}
      <p>${rule}</p>
      ${pairingsTable(pairings(scores, variants), variants)}`,
  markdown: ({ scores, variants, decided }) =>
    [
      ...(decided ? decidedMarkdown(decided) : [`${plain(undecided)} ${code(next)}`]),
      rule,
      pairingsMarkdown(pairings(scores, variants)),
    ].join("\n\n"),
};

const heads = ["wins", "ties", "losses"] as const;

const pairingsTable = (all: readonly Pairing[], variants: readonly string[]): Html =>
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
        ${all.map(
          (pairing) =>
            markup`<tr>
              <th scope="row">${named(variants, pairing.left)} against ${named(variants, pairing.right)}</th>
              ${heads.map((head) => metricsCell(pairing[head], head !== "ties"))}
              <td>${outcomeOf(pairing)}</td>
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

const pairingsMarkdown = (all: readonly Pairing[]): string =>
  tableOf(
    ["between", ...heads, "so"],
    all.map((pairing) => [
      `${pairing.left} against ${pairing.right}`,
      ...heads.map((head) => String(pairing[head].length)),
      outcomeOf(pairing),
    ]),
  );

/** Who is ahead, or that no one is. */
export function outcomeOf({ left, right, wins, losses }: Pairing): string {
  if (wins.length === losses.length) return "no decision by these counts";
  const ahead = wins.length > losses.length ? left : right;
  return `${ahead} is ahead, ${Math.max(wins.length, losses.length)} to ${Math.min(wins.length, losses.length)}`;
}
