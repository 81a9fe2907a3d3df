import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import type { Curve } from "../../faults/kept.ts";
import type { Shares } from "../../faults/outage.ts";
import { type Html, markup } from "../markup.ts";
import { asked, duration, percent, type SharedCurve } from "./survival.ts";

/** Of a picture, in its own units. */
const [width, height, left, right, top, bottom] = [232, 146, 46, 14, 6, 36];

/** The lengths that are written at the axis, where they were tried. */
const marked = [120, 3_600, 172_800];

/** What becomes of orders, from the bottom of a picture to its top. */
export const outcomes = ["shipped", "released", "parked", "stuck"] as const satisfies readonly (keyof Shares)[];

export interface DrawnShares {
  readonly curve: SharedCurve;
  readonly id: string;
  /** Of the axes, which are drawn once: see `drawAxes`. */
  readonly axes: string;
}

type Points = Curve["points"];

const acrossOf = (points: Points) =>
  scaleLog([points[0]!.lengthSeconds, points.at(-1)!.lengthSeconds], [left, width - right]);
const up = scaleLinear([0, 1], [height - bottom, top]);

/** Draws, once for all pictures of outages of the same lengths, their axes and the outage to which the eye is led. */
export function drawAxes(points: Points, id: string): Html {
  const across = acrossOf(points);
  const middle = Math.round((left + width - right) / 2);
  return markup`<svg class="shares axes" width="0" height="0" aria-hidden="true"><defs><g id="${id}">
    ${[0, 0.5, 1].map(
      (share) => markup`<text class="up" x="${left - 4}" y="${Math.round(up(share)) + 4}">${percent(share)}</text>`,
    )}
    ${points
      .filter(({ lengthSeconds }) => marked.includes(lengthSeconds))
      .map(
        ({ lengthSeconds }) =>
          markup`<text class="across" x="${Math.round(across(lengthSeconds))}" y="${height - 20}">
            ${duration(lengthSeconds)}
          </text>`,
      )}
    <text class="across" x="${middle}" y="${height - 5}">outage lasts (log scale)</text>
    <path class="asked-line" d="M${Math.round(across(asked))} ${top}V${height - bottom}" />
  </g></defs></svg>`;
}

/** What becomes of the orders that arrive in an outage, by how long it lasts: shares on top of one another. */
export function drawShares({ curve, id, axes }: DrawnShares): Html {
  const { variants, dependency, points, halfShipSeconds: half } = curve;
  const across = acrossOf(points);
  // Each reaches from the axis to where the next begins, so the one below is drawn over it.
  const areas = outcomes
    .map((outcome, index) => {
      const upTo = outcomes.slice(0, index + 1);
      const edge = line<Points[number]>(
        ({ lengthSeconds }) => across(lengthSeconds),
        ({ during }) => up(upTo.reduce((sum, each) => sum + during[each], 0)),
      ).digits(0);
      return markup`<path class="${outcome}" d="${edge(points) ?? ""}V${Math.round(up(0))}H${left}z" />`;
    })
    .toReversed();
  const isShown = half !== undefined && half >= points[0]!.lengthSeconds;
  return markup`<svg class="shares" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}">
    <title id="${id}">
      What becomes of orders in the ${variants.join(", ")} when the ${dependency} is away, by how long
    </title>
    ${areas}
    <use href="#${axes}" />
    ${isShown && markup`<path class="half" d="M${Math.round(across(half))} ${top}V${height - bottom}" />`}
  </svg>`;
}
