import { declaredFor } from "../../../judgement/declared.ts";
import { counted } from "../../../report/words.ts";
import { shellWords } from "../../../shell-word.ts";
import type { Story } from "../../../story/story.ts";
import { variants as registry } from "../../../variants.ts";
import { code, plain } from "../../markdown.ts";
import { Html, markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { drawPair } from "../../pairs/draw-pair.ts";
import { momentRows, packed } from "../../pairs/moment-rows.ts";
import { secondsText } from "../../pairs/moment-words.ts";
import { type Pair, secondsOf } from "../../pairs/pair.ts";
import { sequenceDiagram } from "../../pairs/sequence-diagram.ts";
import { command, named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";

const legend =
  "Time runs down, and the same step stands at the same height. Solid: a call or its answer. Dashed: an event. " +
  "Cross: turned down, failed or lost. Double ring: a duplicate. Hatched: a wait. Band: a fault.";

const order =
  "First the order of which the variants differ most, by how much happened and by how long it took; after those with " +
  "a finding, where there are any.";

const nothing = "The log of this run has no order in full, so there is nothing to draw: pnpm compare writes one.";

/** Moments of a pair that the page tells in words by itself; of a longer one the script does, and `trace`. */
const mostTold = 250;

/** One order in every variant side by side, the worst difference first. */
export const spaceTime: Section = {
  id: "pairs",
  title: "One order, side by side",
  html: (page) => markup`<p>${page.pairs.length > 0 ? `${order} ${legend} ${page.run.profile} profile.` : nothing}</p>
    ${page.pairs.map((pair, index) => pairHtml(pair, index, page))}
    ${page.pairs.length > 0 && data(page.pairs)}`,
  markdown: ({ pairs: [first] }) =>
    first === undefined
      ? plain(nothing)
      : [
          `${code(first.orderId)}, the order of which the variants differ most:`,
          ...first.stories.map((story) => `**${story.variant}**\n\n\`\`\`mermaid\n${sequenceDiagram(story)}\n\`\`\``),
        ].join("\n\n"),
};

const pairHtml = (pair: Pair, index: number, page: Page): Html => markup`
  <details class="pair" id="${pair.id}" name="pair"${index === 0 && " open"}>
    <summary><b>${pair.batch}</b> ${pair.orderId}: ${pair.stories.map(lengthOf).join(" against ")}</summary>
    ${declaredIn(pair, page).map((why) => markup`<p>${why}</p>`)}
    <div class="cursor" hidden>
      <label for="${pair.id}-at">Moment</label>
      <input id="${pair.id}-at" type="range" min="0" max="${pair.alignment.rows - 1}" value="0" />
      <output for="${pair.id}-at"></output>
    </div>
    ${scrolling(`${pair.orderId} in each variant`, [stateTable(page), drawPair(pair)])}
    <details class="words">
      <summary>The same in words</summary>
      ${page.variants.map((name, side) =>
        sideHtml(pair, side, { ...page, isTold: index === 0 && isShort(pair), name }),
      )}
    </details>
  </details>`;

/** Who must end this order otherwise, or takes the sweeper to end it, by what the variant declares of its scenario. */
function declaredIn({ batch }: Pair, { variants, run: { profile } }: Page): string[] {
  const all = registry
    .filter(({ name }) => variants.includes(name))
    .flatMap((variant) =>
      declaredFor(variant, { scenario: batch, faults: [], profile }).map(
        ({ because }) => [variant.name, because] as const,
      ),
    );
  return [...Map.groupBy(all, ([, because]) => because)].map(
    ([because, own]) => `${own.map(([name]) => name).join(", ")}, as declared: ${because}.`,
  );
}

const isShort = ({ stories }: Pair): boolean =>
  stories.reduce((sum, { moments }) => sum + moments.length, 0) <= mostTold;

const lengthOf = (story: Story): string =>
  `${counted(story.moments.length, "moment")} in ${secondsText(1000 * secondsOf(story))}`;

/** What each variant holds at the cursor: the script fills it. */
const stateTable = ({ variants }: Page): Html => markup`<table class="state" aria-live="polite" hidden>
  <thead>
    <tr>
      <th scope="col">at the cursor</th>
      ${variants.map((name) => markup`<th scope="col">${named(variants, name)}</th>`)}
    </tr>
  </thead>
  <tbody></tbody>
</table>`;

interface Telling {
  readonly variants: readonly string[];
  readonly name: string;
  /** In words already; of the other pairs the script tells them, and the command without it. */
  readonly isTold: boolean;
}

const sideHtml = (pair: Pair, side: number, { variants, name, isTold }: Telling): Html =>
  scrolling(
    `${pair.orderId} in the ${name}, in words`,
    markup`<table class="moments" data-side="${side}">
      <caption>${named(variants, name)}</caption>
      ${isTold ? rowsHtml(pair, side) : commandRow(`pnpm trace ${shellWords([pair.orderId, name])}`)}
    </table>`,
  );

const commandRow = (text: string): Html => markup`<tbody><tr><td>${command(text)}</td></tr></tbody>`;

const heads = ["at", "who", "what", "changed", "status known by"];

/** A row for each moment, under its step. What is as it was a row before is left out. */
function rowsHtml(pair: Pair, side: number): Html {
  const rows = momentRows(pair, side);
  return markup`<thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
    ${pair.alignment.blocks.map(
      ({ title, row: first, rows: count }) => markup`<tbody>
        <tr><th colspan="5">${title}</th></tr>
        ${rows.map(({ row, at, who, what, changed, known }, index) => {
          const { at: before, known: knownBefore } = rows[index - 1] ?? {};
          return (
            row > first &&
            row < first + count &&
            markup`<tr class="m">
              <td>${at !== before && at}</td>
              <td>${who}</td>
              <td>${what}</td>
              <td>${changed.join(", ")}</td>
              <td>${known !== knownBefore && known}</td>
            </tr>`
          );
        })}
      </tbody>`,
    )}`;
}

/** Plain JSON, in which no tag begins. */
const data = (pairs: readonly Pair[]): Html =>
  new Html(
    `<script type="application/json" id="moments">${JSON.stringify(packed(pairs)).replaceAll("<", "\\u003c")}</script>`,
  );
