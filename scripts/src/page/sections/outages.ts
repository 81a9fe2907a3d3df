import type { Curve, OutageFile } from "../../faults/kept.ts";
import { code, plain, tableOf } from "../markdown.ts";
import { Html, markup } from "../markup.ts";
import { drawShares, outcomes } from "../outages/draw-shares.ts";
import { duration, halfText, type Survival, survivals } from "../outages/survival.ts";
import type { Page } from "../page.ts";
import { command, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";

/** The outage that people ask about first, in seconds. */
const asked = 120;

const missing = "No figures of outages lie beside this run. This makes them:";
const next = "pnpm outage && pnpm report";
const how =
  "Orders arrive evenly before, in and after an outage in which every call of one dependency fails. " +
  `Shown is what becomes of those that arrive meanwhile; the line at ${asked} s is the outage of the table.`;

/** How long an outage each variant survives, by what is away. */
export const outageCurves: Section = {
  id: "outages",
  title: "Outages survived",
  html: (page) =>
    page.outages.length === 0
      ? markup`<p>${missing} ${command(next)}</p>`
      : markup`<p class="lead">${answer(page)}</p>
          <p>${how}</p>
          ${page.outages.map((file) => fileHtml(file, page))}`,
  markdown: ({ outages, variants }) =>
    outages.length === 0
      ? `${plain(missing)} ${code(next)}`
      : outages
          .map(({ profile, curves }) => {
            const rows = survivals(curves, variants, asked).map((each) => [
              plain(each.dependency),
              ...variants.map((variant) => shareText(each.shipped[variant])),
              plain(each.phrase),
            ]);
            return `${captionOf(profile)}\n\n${tableOf(["away", ...variants, "who survives"], rows)}`;
          })
          .join("\n\n"),
};

/** Who survives the outage that people ask about first, in a sentence for each way to be better, or not. */
function answer({ outages: [first], variants }: Page): string {
  const { profile, curves } = first!;
  const phrases = Map.groupBy(survivals(curves, variants, asked), ({ phrase }) => phrase);
  const said = [...phrases].map(
    ([phrase, own]) => `where ${own.map(({ dependency }) => dependency).join(", ")} is away, ${phrase}`,
  );
  return `An outage of ${asked} s, ${profile} profile: ${said.join("; ")}.`;
}

const captionOf = (profile: string): string =>
  `Shipped of the orders that arrive in an outage of ${asked} s, ${profile} profile`;

const shareText = (share: number | undefined): string =>
  share === undefined ? "not applicable" : `${Math.round(100 * share)} %`;

const fileHtml = ({ profile, curves }: OutageFile, page: Page): Html => markup`
  ${scrolling(captionOf(profile), survivalTable(profile, survivals(curves, page.variants, asked), curves, page))}
  <details${profile === page.run.profile && new Html(" open")}>
    <summary>What becomes of the orders, by how long the outage lasts, ${profile} profile</summary>
    <p class="legend">
      ${outcomes.map(
        (outcome) => markup`<span class="key"><svg class="shares" width="16" height="12" aria-hidden="true">
        <path class="${outcome}" d="M0 0h16v12H0z" /></svg> ${outcome}</span>`,
      )}
    </p>
    ${[...Map.groupBy(curves, ({ dependency }) => dependency)].map(
      ([dependency, own]) => markup`<h3>${dependency} away: % of the orders</h3>
        ${profile === page.run.profile && panels(own, profile, page)}
        <details>
          <summary>Numbers</summary>
          ${scrolling(`${dependency} away, ${profile} profile`, numbers(own, page))}
        </details>`,
    )}
  </details>`;

/** Of the run's own profile; of another, numbers are enough. */
const panels = (curves: readonly Curve[], profile: string, { variants }: Page): Html => markup`<div class="panels">
  ${curves.map(
    (curve) => markup`<figure>
      <figcaption>${named(variants, curve.variant)}</figcaption>
      ${drawShares({ curve, asked, id: `outage-${profile}-${curve.dependency}-${curve.variant}` })}
    </figure>`,
  )}
</div>`;

function survivalTable(profile: string, rows: readonly Survival[], curves: readonly Curve[], { variants }: Page): Html {
  const half = (dependency: string, variant: string) => {
    const curve = curves.find((each) => each.dependency === dependency && each.variant === variant);
    return curve ? halfText(curve) : "–";
  };
  return markup`<table>
    <caption>${captionOf(profile)}; and the outage of which half survive</caption>
    <thead>
      <tr>
        <th scope="col">away</th>
        ${variants.map((name) => markup`<th scope="col" class="number">${named(variants, name)}</th>`)}
        <th scope="col">who survives</th>
        ${variants.map((name) => markup`<th scope="col" class="number">half, ${named(variants, name)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ dependency, shipped, phrase }) =>
          markup`<tr>
            <th scope="row">${dependency}</th>
            ${variants.map((name) => shareCell(`${profile} ${dependency}`, name, shipped[name]))}
            <td>${phrase}</td>
            ${variants.map((name) => markup`<td class="number">${half(dependency, name)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const shareCell = (what: string, variant: string, share: number | undefined): Html =>
  markup`<td class="number" data-outage="${what}" data-variant="${variant}">${shareText(share)}</td>`;

const numbers = (curves: readonly Curve[], { variants }: Page): Html => markup`<table>
  <caption>${outcomes.join(" / ")}, %</caption>
  <thead>
    <tr>
      <th scope="col">for</th>
      ${curves.map(({ variant }) => markup`<th scope="col">${named(variants, variant)}</th>`)}
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
  </tbody>
</table>`;
