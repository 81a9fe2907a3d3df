import type { OutageFile } from "../../../faults/kept.ts";
import { Html, markup } from "../../markup.ts";
import { drawAxes, drawShares, outcomes } from "../../outages/draw-shares.ts";
import { asked, duration, halfText, type SharedCurve, sharedCurves } from "../../outages/survival.ts";
import type { Page } from "../../page.ts";
import { named, scrolling } from "../../parts.ts";

const lines =
  `Across: how long the outage lasts. Up: the share of the orders. Dashed: the outage of ${asked} s of the table. ` +
  "Full line: the longest outage in which half of the orders still ship, to the second. Variants with one picture " +
  "make the same of it, to the last order.";

const axes = "outage-axes";

/** What becomes of orders, by how long an outage lasts: pictures of the run's own profile, numbers of any. */
export function curvesHtml({ profile, curves }: OutageFile, page: Page): Html {
  const isOwn = profile === page.run.profile;
  const shown = curves.filter(({ variant }) => page.variants.includes(variant));
  return markup`<details${isOwn && new Html(" open")}>
    <summary>What becomes of the orders, by how long the outage lasts, ${profile} profile</summary>
    ${isOwn && shown[0] && markup`<p>${lines}</p>${drawAxes(shown[0].points, axes)}`}
    <p class="legend">
      ${outcomes.map(
        (outcome) => markup`<span class="key"><svg class="shares" width="16" height="12" aria-hidden="true">
        <path class="${outcome}" d="M0 0h16v12H0z" /></svg> ${outcome}</span> `,
      )}
    </p>
    ${[...Map.groupBy(shown, ({ dependency }) => dependency)].map(([dependency, own]) => {
      const shared = sharedCurves(own);
      return markup`<h3>${dependency} away</h3>
        ${isOwn && panels(shared, profile, page)}
        <details>
          <summary>Numbers</summary>
          ${scrolling(`${dependency} away, ${profile} profile`, numbers(shared, page))}
        </details>`;
    })}
  </details>`;
}

const panels = (curves: readonly SharedCurve[], profile: string, page: Page): Html => markup`<div class="panels">
  ${curves.map(
    (curve) => markup`<figure>
      <figcaption>${namesOf(curve, page)}</figcaption>
      ${drawShares({ curve, axes, id: `outage-${profile}-${curve.dependency}-${curve.variants[0]}` })}
    </figure>`,
  )}
</div>`;

const namesOf = (curve: SharedCurve, { variants }: Page): Html =>
  markup`${curve.variants.map((name, at) => [at > 0 && ", ", named(variants, name)])}`;

const numbers = (curves: readonly SharedCurve[], page: Page): Html => markup`<table>
  <caption>${outcomes.join(" / ")}, %</caption>
  <thead>
    <tr>
      <th scope="col">for</th>
      ${curves.map((curve) => markup`<th scope="col">${namesOf(curve, page)}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${curves[0]!.points.map(
      ({ lengthSeconds }, at) =>
        markup`<tr>
          <th scope="row">${duration(lengthSeconds)}</th>
          ${curves.map(({ points }) => {
            const { during } = points[at]!;
            return markup`<td>${outcomes.map((each) => Math.round(100 * during[each])).join(" / ")}</td>`;
          })}
        </tr>`,
    )}
    <tr>
      <th scope="row">ship</th>
      ${curves.map((curve) => markup`<td>${halfText(curve)}</td>`)}
    </tr>
  </tbody>
</table>`;
