import { stepNames } from "@ovsc/shared";
import { scaleLinear } from "d3-scale";
import type { Story } from "../../story/story.ts";
import { triesIn } from "../../story/tries.ts";
import { type Html, markup } from "../markup.ts";
import { secondsText } from "./moment-words.ts";
import { secondsOf } from "./pair.ts";

/** Of the picture, in its own units. */
const [width, left, rowHeight, top] = [640, 150, 20, 20];

/** A try of a step, in milliseconds since the placing. */
interface Try {
  readonly fromMs: number;
  readonly failed: boolean;
}

/** Every step with its tries as ticks, and what was waited between them hatched, on one scale for all stories. */
export function drawTimeline(stories: readonly Story[], id: string): Html {
  const longestMs = 1000 * Math.max(...stories.map(secondsOf));
  const x = scaleLinear([0, longestMs], [left, width - 24]);
  const rows = stories.flatMap((story, side) => [...triesOf(story)].map(([step, tries]) => ({ side, step, tries })));
  const height = top + (rows.length + stories.length) * rowHeight + 6;
  let y = top;
  let side = -1;
  const drawn = rows.map((row) => {
    const title = row.side === side ? undefined : stories[row.side]!.variant;
    side = row.side;
    if (title !== undefined) y += rowHeight;
    y += rowHeight;
    return { ...row, title, y: y - rowHeight / 2 };
  });
  const at = (ms: number) => Math.round(x(ms));
  const ticks = x.ticks(6);
  return markup`<svg class="timeline" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}">
    <title id="${id}">The tries of each step and the waits between them, in virtual time</title>
    <path class="grid" d="${ticks.map((ms) => `M${at(ms)} ${top}V${height - 6}`).join("")}" />
    ${ticks.map((ms) => markup`<text class="time" x="${at(ms)}" y="12">${secondsText(ms)}</text>`)}
    ${drawn.map(
      ({ title, step, y: row, side: of }) => markup`
        ${title !== undefined && markup`<text class="step v${of}" x="4" y="${row - rowHeight + 4}">${title}</text>`}
        <text x="14" y="${row + 4}">${step}</text>`,
    )}
    ${stories.map((_, of) => {
      const own = drawn.filter((row) => row.side === of);
      const marks = (mark: (ms: number, row: number) => string, isMeant: (each: Try) => boolean = () => true) =>
        own.flatMap(({ tries, y: row }) => tries.filter(isMeant).map(({ fromMs }) => mark(at(fromMs), row))).join("");
      const waits = own.flatMap(({ tries, y: row }) =>
        tries.slice(1).map((each, index) => `M${at(tries[index]!.fromMs)} ${row}H${at(each.fromMs)}`),
      );
      return markup`<path class="wait" d="${waits.join("")}" />
        <path class="tick v${of}" d="${marks((ms, row) => `M${ms} ${row - 6}v12`)}" />
        <path class="cross" d="${marks(crossAt, ({ failed }) => failed)}" />`;
    })}
  </svg>`;
}

const crossAt = (x: number, y: number): string => `M${x - 4} ${y - 4}l8 8m-8 0l8-8`;

/** By step, in the order of the saga. */
function triesOf(story: Story): Map<string, Try[]> {
  const beganMs = story.moments[0]!.atMs;
  const tries = Map.groupBy(triesIn(story), ({ step }) => step);
  return new Map(
    stepNames.flatMap((step) => {
      const own = tries.get(step);
      return own
        ? [[step, own.map(({ atMs, failed: hasFailed }) => ({ fromMs: atMs - beganMs, failed: hasFailed }))]]
        : [];
    }),
  );
}
