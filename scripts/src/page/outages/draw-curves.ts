import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import type { Curve } from "../../faults/kept.ts";
import { type Html, markup } from "../markup.ts";
import { duration } from "./survival.ts";

/** Of a picture, in its own units. */
const [width, height, left, top, bottom] = [330, 170, 40, 14, 26];

/** The lengths that are written at the axis, where they were tried. */
const marked = [30, 120, 600, 3_600, 21_600, 172_800];

const round = (value: number): number => Math.round(value * 10) / 10;

export interface DrawnCurves {
  readonly dependency: string;
  /** One for each variant that has the dependency. */
  readonly curves: readonly Curve[];
  readonly variants: readonly string[];
  /** The length to which the eye is led. */
  readonly asked: number;
  readonly id: string;
}

/** The share of the orders that ship although they arrive in an outage, by how long it lasts. */
export function drawCurves({ dependency, curves, variants, asked, id }: DrawnCurves): Html {
  const lengths = curves[0]!.points.map(({ lengthSeconds }) => lengthSeconds);
  const x = scaleLog([lengths[0]!, lengths.at(-1)!], [left, width - 12]);
  const y = scaleLinear([0, 1], [height - bottom, top]);
  const path = line<Curve["points"][number]>(
    ({ lengthSeconds }) => round(x(lengthSeconds)),
    ({ during }) => round(y(during.shipped)),
  );
  return markup`<svg class="curves" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"
      aria-labelledby="${id}">
    <title id="${id}">Orders that ship when the ${dependency} is away, by how long</title>
    ${[0, 0.5, 1].map(
      (share) => markup`<path class="grid" d="M${left} ${round(y(share))}H${width - 12}" />
        <text x="${left - 5}" y="${round(y(share)) + 4}" text-anchor="end">${100 * share} %</text>`,
    )}
    ${marked
      .filter((length) => lengths.includes(length))
      .map(
        (length) =>
          markup`<text x="${round(x(length))}" y="${height - 8}" text-anchor="middle">${duration(length)}</text>`,
      )}
    <path class="asked" d="M${round(x(asked))} ${top}V${height - bottom}" />
    ${curves.map(({ variant, points }) => {
      const at = variants.indexOf(variant);
      const marks = points.map(({ lengthSeconds, during }) => markAt(at, x(lengthSeconds), y(during.shipped)));
      return markup`<path class="curve v${at} dash${at % 3}" d="${path(points) ?? ""}" />
        <path class="mark v${at}" d="${marks.join("")}" />`;
    })}
  </svg>`;
}

/** Each variant has a shape of its own, so that its colour is never alone. */
function markAt(variant: number, x: number, y: number): string {
  const [cx, cy] = [round(x), round(y)];
  if (variant % 3 === 0) return `M${cx - 3} ${cy}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
  return variant % 3 === 1 ? `M${cx - 3} ${cy - 3}h6v6h-6z` : `M${cx} ${cy - 4}l4 7h-8z`;
}
