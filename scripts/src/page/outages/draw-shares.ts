import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import type { Curve } from "../../faults/kept.ts";
import type { Shares } from "../../faults/outage.ts";
import { type Html, markup } from "../markup.ts";
import { duration } from "./survival.ts";

/** Of a picture, in its own units. */
const [width, height, left, right, top, bottom] = [230, 132, 36, 12, 6, 22];

/** The lengths that are written at the axis, where they were tried. */
const marked = [120, 3_600, 172_800];

/** What becomes of orders, from the bottom of a picture to its top. */
export const outcomes = ["shipped", "released", "parked", "stuck"] as const satisfies readonly (keyof Shares)[];

export interface DrawnShares {
  readonly curve: Curve;
  /** The length to which the eye is led. */
  readonly asked: number;
  readonly id: string;
}

/** What becomes of the orders that arrive in an outage, by how long it lasts: shares on top of one another. */
export function drawShares({ curve: { variant, dependency, points }, asked, id }: DrawnShares): Html {
  const lengths = points.map(({ lengthSeconds }) => lengthSeconds);
  const x = scaleLog([lengths[0]!, lengths.at(-1)!], [left, width - right]);
  const y = scaleLinear([0, 1], [height - bottom, top]);
  // Each reaches from the axis to where the next begins, so the one below is drawn over it.
  const areas = outcomes
    .map((outcome, index) => {
      const upTo = outcomes.slice(0, index + 1);
      const edge = line<Curve["points"][number]>(
        ({ lengthSeconds }) => x(lengthSeconds),
        ({ during }) => y(upTo.reduce((sum, each) => sum + during[each], 0)),
      ).digits(0);
      return markup`<path class="${outcome}" d="${edge(points) ?? ""}V${Math.round(y(0))}H${left}z" />`;
    })
    .toReversed();
  return markup`<svg class="shares" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}">
    <title id="${id}">What becomes of orders in the ${variant} when the ${dependency} is away, by how long</title>
    ${areas}
    ${[0, 0.5, 1].map(
      (share) => markup`<text class="share" x="${left - 4}" y="${Math.round(y(share)) + 4}">${100 * share}</text>`,
    )}
    ${marked
      .filter((length) => lengths.includes(length))
      .map(
        (length) =>
          markup`<text class="time" x="${Math.round(x(length))}" y="${height - 6}">${duration(length)}</text>`,
      )}
    <path class="asked" d="M${Math.round(x(asked))} ${top}V${height - bottom}" />
  </svg>`;
}
