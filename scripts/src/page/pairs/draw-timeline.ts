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
  const x = scaleLinear([0, longestMs], [left, width - 12]);
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
  return markup`<svg class="timeline" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}">
    <title id="${id}">The tries of each step and the waits between them, in virtual time</title>
    ${x.ticks(6).map(
      (ms) => markup`<path class="grid" d="M${Math.round(x(ms))} ${top}V${height - 6}" />
        <text x="${Math.round(x(ms))}" y="12" text-anchor="middle">${secondsText(ms)}</text>`,
    )}
    ${drawn.map(
      ({ title, step, tries, y: at, side: of }) => markup`
        ${title !== undefined && markup`<text class="step v${of}" x="4" y="${at - rowHeight + 4}">${title}</text>`}
        <text x="14" y="${at + 4}">${step}</text>
        <path class="wait" d="${tries
          .slice(1)
          .map((each, index) => `M${Math.round(x(tries[index]!.fromMs))} ${at}H${Math.round(x(each.fromMs))}`)
          .join("")}" />
        <path class="tick v${of}" d="${tries.map(({ fromMs }) => `M${Math.round(x(fromMs))} ${at - 6}v12`).join("")}" />
        <path class="cross" d="${failed(tries)
          .map((ms) => crossAt(Math.round(x(ms)), at))
          .join("")}" />`,
    )}
  </svg>`;
}

const crossAt = (x: number, y: number): string => `M${x - 4} ${y - 4}l8 8m-8 0l8 -8`;

const failed = (tries: readonly Try[]): number[] => tries.flatMap((each) => (each.failed ? [each.fromMs] : []));

/** By step, in the order of the saga. */
function triesOf(story: Story): Map<string, Try[]> {
  const beganMs = story.moments[0]!.atMs;
  const tries = Map.groupBy(triesIn(story), ({ step }) => step);
  return new Map(
    stepNames.flatMap((step) => {
      const own = tries.get(step);
      return own ? [[step, own.map(({ atMs, failed: hasFailed }) => ({ fromMs: atMs - beganMs, failed: hasFailed }))]] : [];
    }),
  );
}
