import type { Arrow, Moment, Story } from "../../story/story.ts";
import { waitedMs } from "../../story/story.ts";
import { Html, markup } from "../markup.ts";
import { label } from "./moment-words.ts";

/** What a letter of a label takes, in the units of the picture. */
const letter = 6.2;

/** Between two lanes: as much as leaves room for all sides on a screen of 1440, within what can be told apart. */
const [widestPitch, narrowestPitch, room] = [31, 18, 1_240];

/** Where a story stands in the picture of its pair. */
export interface Side {
  readonly story: Story;
  /** Which of the variants of the run it is. */
  readonly variant: number;
  readonly left: number;
  readonly width: number;
  /** Between two lanes. */
  readonly pitch: number;
}

/** Stories beside one another, each as wide as its lanes and its longest label; many lanes stand closer. */
export function sidesOf(stories: readonly Story[], gap: number): Side[] {
  const labels = stories.map(labelWidth);
  const lanes = stories.reduce((sum, story) => sum + story.lanes.length, 0);
  const taken = labels.reduce((sum, each) => sum + each, 0) + (stories.length - 1) * gap;
  const pitch = Math.min(widestPitch, Math.max(narrowestPitch, Math.floor((room - taken) / lanes)));
  let left = 0;
  return stories.map((story, variant) => {
    const width = Math.round(story.lanes.length * pitch + labels[variant]!);
    const side = { story, variant, left, width, pitch };
    left += width + gap;
    return side;
  });
}

const labelWidth = (story: Story): number =>
  8 + letter * Math.max(12, ...story.moments.map((moment) => label(story, moment).length));

/** Where the rows of a picture stand. */
export interface Rows {
  /** Where the first row begins, and where the last one ends. */
  readonly top: number;
  readonly bottom: number;
  /** The middle of the row of a moment. */
  readonly y: (moment: Moment) => number;
}

interface Place {
  readonly x: (lane: string) => number;
  readonly y: (moment: Moment) => number;
}

/** One story as a space-time diagram: a column for each who takes part, time from top to bottom. */
export function drawSide({ story, variant, left, width, pitch }: Side, { top, bottom, y }: Rows): Html {
  const { lanes, moments } = story;
  const x = (lane: string) => left + lanes.findIndex(({ id }) => id === lane) * pitch + 15;
  const place: Place = { x, y };
  const end = left + lanes.length * pitch + 2;
  const struck = moments.filter(({ kind }) => kind === "struck");
  return markup`<g class="side">
    <text class="title v${variant}" x="${left}" y="14">${story.variant}</text>
    <path class="fault" d="${struck.map((each) => `M${left} ${y(each) - 7}h${width}v14H${left}z`).join("")}" />
    <path class="lane" d="${lanes.map(({ id }) => `M${x(id)} ${top}V${bottom}`).join("")}" />
    <g class="lanes">${lanes.map(({ id, name }) => markup`<text x="${x(id)}" y="${top - 6}">${name}</text>`)}</g>
    <path class="wait" d="${moments.map((each) => waitMark(story, each, place)).join("")}" />
    <path class="busy" d="${busyBars(story, place)}" />
    ${arrows(story, place)}
    <path class="dot" d="${moments.map((each) => (each.arrow ? "" : `M${x(each.lane)} ${y(each)}h0`)).join("")}" />
    <path class="ring" d="${drawn(
      moments,
      ({ isDuplicate }) => isDuplicate === true,
      (each) => ring(each, place),
    )}" />
    <path class="cross" d="${drawn(moments, isCrossed, (each) => cross(each, place))}" />
    <g transform="translate(${end} 4)">
      ${moments.map((each) => {
        const text = label(story, each);
        return text && markup`<text${each.error && new Html(' class="bad"')} y="${y(each)}">${text}</text>`;
      })}
    </g>
  </g>`;
}

const drawn = (
  moments: readonly Moment[],
  isMeant: (moment: Moment) => boolean,
  draw: (moment: Moment) => string,
): string => moments.filter(isMeant).map(draw).join("");

const kinds = ["call", "answer", "event"] as const satisfies readonly Arrow["kind"][];

/** A path for each kind of arrow: every arrow begins with an M at its lane, and its head with an m. */
function arrows({ moments }: Story, { x, y }: Place): Html[] {
  const shafts = kinds.map((kind) => {
    const d = moments.map(({ arrow, ...moment }) => {
      if (arrow?.kind !== kind) return "";
      const [from, to] = [x(arrow.from), x(moment.lane)];
      // What was lost stops half way.
      if (arrow.lost === "request") return `M${from} ${y(moment)}H${(from + to) / 2}`;
      return `M${from} ${y(moment)}H${to >= from ? `${to - 4}m-4-3 4 3-4 3` : `${to + 4}m4-3-4 3 4 3`}`;
    });
    return [kind, d.join("")] as const;
  });
  return shafts.map(([kind, d]) => markup`<path class="${kind}" d="${d}" />`);
}

/** From the start of each try to its end. */
function busyBars({ moments }: Story, { x, y }: Place): string {
  const open = new Map<string, number>();
  let bars = "";
  for (const moment of moments) {
    const lane = moment.kind === "ended" ? (moment.arrow?.from ?? moment.lane) : moment.lane;
    const from = open.get(lane);
    if (moment.kind === "ended" && from !== undefined) {
      bars += `M${x(lane)} ${from}V${y(moment)}`;
      open.delete(lane);
    }
    if (moment.kind === "started") open.set(lane, y(moment));
  }
  return bars;
}

function waitMark(story: Story, moment: Moment, { x, y }: Place): string {
  if (waitedMs(story, moment) === 0) return "";
  return `M${x(moment.lane)} ${y(story.moments[moment.cause! - 1]!)}V${y(moment)}`;
}

const isCrossed = ({ error, arrow }: Moment): boolean => error !== undefined || arrow?.lost !== undefined;

const ring = (moment: Moment, { x, y }: Place): string =>
  circle(x(moment.lane), y(moment), 4) + circle(x(moment.lane), y(moment), 6.5);

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;

/** Where something was turned down or threw; half way where it was lost. */
function cross(moment: Moment, place: Place): string {
  const { arrow, lane } = moment;
  const x = arrow?.lost ? (place.x(arrow.from) + place.x(lane)) / 2 : place.x(lane);
  return `M${x - 4} ${place.y(moment) - 4}l8 8m-8 0l8-8`;
}
