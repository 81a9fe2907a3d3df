import type { Arrow, Moment, Story } from "../../story/story.ts";
import { waitedMs } from "../../story/story.ts";
import { type Html, markup } from "../markup.ts";
import type { Alignment } from "./align.ts";
import { label } from "./moment-words.ts";

/** Of the picture, in its own units. */
const [pitch, rowHeight, head, left, words] = [38, 16, 84, 8, 160];

export interface DrawnStory {
  readonly story: Story;
  readonly alignment: Alignment;
  /** Which of the stories of the alignment it is. */
  readonly side: number;
  readonly id: string;
}

/** One story as a space-time diagram: a column for each who takes part, time from top to bottom. */
export function drawStory({ story, alignment, side, id }: DrawnStory): Html {
  const { lanes, moments } = story;
  const { blocks, rows } = alignment;
  const width = left + lanes.length * pitch + words;
  const height = head + rows * rowHeight + 6;
  const x = (lane: string) => left + lanes.findIndex((each) => each.id === lane) * pitch + pitch / 2;
  const y = (moment: Moment) => yOf(alignment.rowsOf[side]![moment.index - 1]!);
  const place: Place = { x, y };
  const end = left + lanes.length * pitch;
  return markup`<svg class="story" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}-title" data-rows="${rows}">
    <title id="${id}-title">
      What happened to ${story.orderId} in the ${story.variant}; the table below says it in words
    </title>
    ${blocks.map(
      ({ title, row, rows: count }, index) => markup`
        <rect class="block ${index % 2 === 0 ? "even" : "odd"}" x="0" y="${head + row * rowHeight}" width="${width}"
          height="${count * rowHeight}" />
        <text class="step" x="4" y="${yOf(row) + 4}">${title}</text>`,
    )}
    ${moments
      .filter(({ kind }) => kind === "struck")
      .map((each) => markup`<rect class="fault" x="0" y="${y(each) - 7}" width="${width}" height="14" />`)}
    <rect class="now" x="0" y="${head}" width="${width}" height="${rowHeight}" visibility="hidden" />
    <path class="lane" d="${lanes.map(({ id: lane }) => `M${x(lane)} ${head}V${height - 6}`).join("")}" />
    ${lanes.map(
      ({ id: lane, name }) =>
        markup`<text class="lane" transform="translate(${x(lane) - 3} ${head - 6})rotate(-38)">${name}</text>`,
    )}
    <path class="wait" d="${moments.map((each) => waitMark(story, each, place)).join("")}" />
    <path class="busy" d="${busyBars(story, place)}" />
    ${arrows(story, place)}
    <path class="dot" d="${moments.map((each) => dot(each, place)).join("")}" />
    <path class="ring" d="${moments
      .filter(({ isDuplicate }) => isDuplicate)
      .map((each) => ring(each, place))
      .join("")}" />
    <path class="cross" d="${moments
      .filter(isCrossed)
      .map((each) => cross(each, place))
      .join("")}" />
    ${moments.map((each) => {
      const text = label(story, each);
      return (
        text && markup`<text class="${each.error ? "bad" : "word"}" x="${end + 6}" y="${y(each) + 4}">${text}</text>`
      );
    })}
  </svg>`;
}

interface Place {
  readonly x: (lane: string) => number;
  readonly y: (moment: Moment) => number;
}

const yOf = (row: number): number => head + row * rowHeight + rowHeight / 2;

/** A path for each pair of lanes and kind of arrow: every arrow begins with an M, and its head with an m. */
function arrows({ moments }: Story, { x, y }: Place): Html[] {
  const drawn = moments.filter((each): each is Moment & { arrow: Arrow } => each.arrow !== undefined);
  const keys = Map.groupBy(drawn, ({ arrow, lane }) => `${arrow.kind} ${arrow.from} ${lane}`);
  return [...keys.values()].map((alike) => {
    const [{ arrow, lane }] = alike as [(typeof drawn)[0]];
    const [from, to] = [x(arrow.from), x(lane)];
    const way = Math.sign(to - from) || 1;
    const d = alike.map((each) => {
      const at = y(each);
      // What was lost stops half way.
      if (each.arrow.lost === "request") return `M${from} ${at}H${(from + to) / 2}`;
      return `M${from} ${at}H${to - way * 4}m${-way * 4} -3l${way * 4} 3l${-way * 4} 3`;
    });
    return markup`<path class="${arrow.kind}" data-from="${arrow.from}" data-to="${lane}" d="${d.join("")}" />`;
  });
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
  const cause = story.moments[moment.cause! - 1]!;
  return `M${x(moment.lane)} ${y(cause)}V${y(moment)}`;
}

const at = ({ lane }: Moment, { x }: Place): number => x(lane);

const isCrossed = ({ error, arrow }: Moment): boolean => error !== undefined || arrow?.lost !== undefined;

function dot(moment: Moment, place: Place): string {
  return moment.arrow ? "" : circle(at(moment, place), place.y(moment), 3);
}

const ring = (moment: Moment, place: Place): string =>
  circle(at(moment, place), place.y(moment), 4) + circle(at(moment, place), place.y(moment), 6.5);

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** Where something was turned down or threw; half way where it was lost. */
function cross(moment: Moment, place: Place): string {
  const { arrow } = moment;
  const x = arrow?.lost ? (place.x(arrow.from) + at(moment, place)) / 2 : at(moment, place);
  const y = place.y(moment);
  return `M${x - 4} ${y - 4}l8 8m-8 0l8 -8`;
}
