import { counted } from "../../report/words.ts";
import type { Story } from "../../story/story.ts";
import { code, plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { drawStory } from "../pairs/draw-story.ts";
import { whoKnows } from "../pairs/knowledge.ts";
import { changeText, secondsText, sentence } from "../pairs/moment-words.ts";
import { type Pair, secondsOf } from "../pairs/pair.ts";
import { sequenceDiagram } from "../pairs/sequence-diagram.ts";
import { named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";

const legend =
  "Time runs down, and the same step stands at the same height. Solid: a call or its answer. Dashed: an event. " +
  "Cross: turned down, failed or lost. Double ring: a duplicate. Hatched: a wait. Band: a fault.";

const nothing = "The log of this run has no order in full, so there is nothing to draw: pnpm compare writes one.";

/** One order in every variant side by side, the worst difference first. */
export const spaceTime: Section = {
  id: "pairs",
  title: "One order, side by side",
  html: (page) => markup`<p>${page.pairs.length > 0 ? legend : nothing}</p>
    ${page.pairs.map((pair, index) => pairHtml(pair, index, page))}`,
  markdown: ({ pairs: [first] }) =>
    first === undefined
      ? plain(nothing)
      : [
          `${code(first.orderId)}, the order of which the variants differ most:`,
          ...first.stories.map((story) => `**${story.variant}**\n\n\`\`\`mermaid\n${sequenceDiagram(story)}\n\`\`\``),
        ].join("\n\n"),
};

const pairHtml = (pair: Pair, index: number, page: Page): Html => markup`
  <details class="pair" id="${pair.id}" ${index === 0 && "open"}>
    <summary><b>${pair.batch}</b> ${pair.orderId}: ${pair.stories.map(lengthOf).join(" against ")}</summary>
    <div class="cursor" hidden>
      <label for="${pair.id}-at">Moment</label>
      <input id="${pair.id}-at" type="range" min="0" max="${pair.alignment.rows - 1}" value="0" />
      <output for="${pair.id}-at"></output>
    </div>
    <div class="sides">${pair.stories.map((story, side) => sideHtml(pair, side, page))}</div>
  </details>`;

const lengthOf = (story: Story): string =>
  `${counted(story.moments.length, "moment")} in ${secondsText(1000 * secondsOf(story))}`;

function sideHtml({ id, stories, alignment }: Pair, side: number, { variants }: Page): Html {
  const story = stories[side]!;
  const own = `${id}-${side}`;
  return markup`<div class="side" data-rows="${alignment.rowsOf[side]!.join(" ")}">
    <h3>${named(variants, story.variant)}</h3>
    <dl class="state" aria-live="polite" hidden></dl>
    ${scrolling(`${story.orderId} in the ${story.variant}`, drawStory({ story, alignment, side, id: own }))}
    <details>
      <summary>The same in words</summary>
      ${scrolling(`${story.orderId} in the ${story.variant}, in words`, tableOf({ stories, alignment }, side))}
    </details>
  </div>`;
}

/** A row for each moment, under its step. What is as it was a row before is left out. */
function tableOf({ stories, alignment }: Pick<Pair, "stories" | "alignment">, side: number): Html {
  const story = stories[side]!;
  const beganMs = story.moments[0]!.atMs;
  const names = new Map(story.lanes.map(({ id, name }) => [id, name]));
  const knowing = whoKnows(story).map((lanes) => lanes.map((lane) => names.get(lane)!).join(", "));
  const times = story.moments.map(({ atMs }) => secondsText(atMs - beganMs));
  const rowsOf = alignment.rowsOf[side]!;
  return markup`<table class="moments">
    <thead>
      <tr>
        <th scope="col">at</th>
        <th scope="col">who</th>
        <th scope="col">what</th>
        <th scope="col">changed</th>
        <th scope="col">status known by</th>
      </tr>
    </thead>
    ${alignment.blocks.map(({ title, row, rows }) => {
      const moments = story.moments.filter((_, at) => rowsOf[at]! > row && rowsOf[at]! < row + rows);
      return markup`<tbody>
        <tr><th colspan="5">${title}</th></tr>
        ${moments.map((moment) => {
          const at = moment.index - 1;
          return markup`<tr class="m">
            <td>${unlessBefore(times, at)}</td>
            <td>${names.get(moment.lane)}</td>
            <td>${sentence(story, moment)}</td>
            <td>${moment.changes.map((change, index) => [index > 0 && ", ", markup`<i>${changeText(change)}</i>`])}</td>
            <td>${unlessBefore(knowing, at)}</td>
          </tr>`;
        })}
      </tbody>`;
    })}
  </table>`;
}

const unlessBefore = (texts: readonly string[], at: number): string => (texts[at] === texts[at - 1] ? "" : texts[at]!);
