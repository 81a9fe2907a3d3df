import { type Html, markup } from "../markup.ts";
import { drawSide, sidesOf } from "./draw-side.ts";
import type { Pair } from "./pair.ts";

/** Of the picture, in its own units: names of steps on the left, names of lanes above the rows. */
const [steps, head, rowHeight, gap] = [124, 104, 16, 28];

/**
 * One order in every variant as space-time diagrams beside one another, the same step at the same height. The names of
 * the steps are a picture of their own, which stays where it is while the others are scrolled.
 */
export function drawPair({ id, orderId, stories, alignment: { blocks, rows, rowsOf } }: Pair): Html {
  const bottom = head + rows * rowHeight;
  const sides = sidesOf(stories, gap);
  const width = Math.max(...sides.map((side) => side.left + side.width));
  const height = bottom + 6;
  const yOf = (row: number) => head + row * rowHeight + rowHeight / 2;
  const bands = (wide: number) => {
    const shaded = blocks.filter((_, index) => index % 2 === 0);
    return shaded
      .map(({ row, rows: count }) => `M0 ${head + row * rowHeight}h${wide}v${count * rowHeight}H0z`)
      .join("");
  };
  const now = (wide: number) =>
    markup`<rect class="now" y="${head}" width="${wide}" height="${rowHeight}" visibility="hidden" />`;
  return markup`<div class="picture" data-head="${head}">
    <svg class="steps" width="${steps}" height="${height}" aria-hidden="true">
      <path class="band" d="${bands(steps)}" />
      ${now(steps)}
      ${blocks.map(({ title, row }) => titleOf(title, yOf(row) + 4))}
    </svg>
    <svg class="story" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}-title">
      <title id="${id}-title">What happened to ${orderId} in each variant; below it stands in words</title>
      <path class="band" d="${bands(width)}" />
      ${now(width)}
      ${sides.map((side, at) => drawSide(side, { top: head, bottom, y: ({ index }) => yOf(rowsOf[at]![index - 1]!) }))}
    </svg>
  </div>`;
}

/** Which try it is stands in a line of its own, since a row has room for a name. */
function titleOf(title: string, y: number): Html {
  const [step, again] = title.split(", ");
  const name = markup`<text x="4" y="${y}">${step}</text>`;
  return again === undefined ? name : markup`${name}<text class="again" x="4" y="${y + rowHeight}">${again}</text>`;
}
