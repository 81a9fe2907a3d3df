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
      ${pairings(scores, variants).map((pairing) => pairingHtml(pairing, variants))}`,
  markdown: ({ scores, variants, decided }) =>
    [
      ...(decided ? decidedMarkdown(decided) : [`${plain(undecided)} ${code(next)}`]),
      rule,
      ...pairings(scores, variants).map(pairingMarkdown),
    ].join("\n\n"),
};

const lines = ({
  left,
  right,
  wins,
  ties,
  losses,
}: Pairing): readonly (readonly [string | undefined, readonly Metric[]])[] => [
  [left, wins],
  [undefined, ties],
  [right, losses],
];

const pairingHtml = (pairing: Pairing, variants: readonly string[]): Html =>
  scrolling(
    `${pairing.left} against ${pairing.right}`,
    markup`<table>
      <caption>
        ${named(variants, pairing.left)} against ${named(variants, pairing.right)}: ${outcomeOf(pairing)}
      </caption>
      <thead>
        <tr>
          <th scope="col">better</th>
          <th scope="col">metrics</th>
          <th scope="col">by</th>
        </tr>
      </thead>
      <tbody>
        ${lines(pairing).map(
          ([name, metrics]) =>
            markup`<tr>
              <th scope="row">${name === undefined ? "neither" : named(variants, name)}</th>
              <td class="number">${metrics.length}</td>
              <td>${metrics.map(linkTo)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );

const linkTo = ({ id, title }: Metric, at: number): Html =>
  markup`${at > 0 && ", "}<a href="#score-${id}">${title}</a>`;

function pairingMarkdown(pairing: Pairing): string {
  const rows = lines(pairing).map(([name, metrics]) => [
    name ?? "neither",
    String(metrics.length),
    plain(metrics.map(({ title }) => title).join(", ")),
  ]);
  const table = tableOf(["better", "metrics", "by"], rows);
  return `${pairing.left} against ${pairing.right}: ${outcomeOf(pairing)}\n\n${table}`;
}

/** Who is ahead, or that no one is. */
export function outcomeOf({ left, right, wins, losses }: Pairing): string {
  if (wins.length === losses.length) return "no decision by these counts";
  const ahead = wins.length > losses.length ? left : right;
  return `${ahead} is ahead, ${Math.max(wins.length, losses.length)} to ${Math.min(wins.length, losses.length)}`;
}
