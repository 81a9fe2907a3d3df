import type { Curve, OutageFile } from "../../../faults/kept.ts";
import { counted } from "../../../report/words.ts";
import { plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import { lossesOf } from "../../outages/losses.ts";
import { asked, halfText, percent, type Shipped, type Survival, survivals } from "../../outages/survival.ts";
import type { Page } from "../../page.ts";
import { named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";
import { curvesHtml } from "./curves.ts";
import { lossesHtml, lossesMarkdown } from "./losses.ts";

const missing: Missing = {
  shows: "Here stands what becomes of orders that arrive while something is away, for longer and longer.",
  commands: ["outage"],
};

const how = ({ orders }: OutageFile): string =>
  `In each run ${orders} orders arrive evenly: a third before, a third in, a third after an outage in which every ` +
  `call of one dependency fails. Shares are of the ${counted(orders / 3, "order")} that arrive in it. The sweeper is ` +
  "off, so stuck are those that wait for it, too.";

/** How long an outage each variant survives, by what is away. */
export const outageCurves: Section = {
  id: "outages",
  title: "Outages survived",
  html: (page) =>
    page.outages.length === 0
      ? missingHtml(missing, page)
      : markup`<p class="lead">${answer(page)}</p>
          <p>${otherwiseChosen(page)}What that means for a choice stands under <a href="#decision">what decides</a>.</p>
          ${page.outages.map((file) => fileHtml(file, page))}`,
  markdown: (page) => {
    const { outages, variants } = page;
    return outages.length === 0
      ? missingMarkdown(missing, page)
      : outages
          .map((file) => {
            const { profile, curves } = file;
            const rows = survivals(curves, variants).map((each) => [
              plain(each.dependency),
              ...variants.map((variant) => shareText(each.shipped[variant]!)),
              plain(each.phrase),
            ]);
            return [
              `${captionOf(profile)}. ${plain(how(file))}`,
              tableOf(["away", ...variants, "who survives"], rows),
              ...lossesMarkdown(lossesOf(file, variants)),
            ].join("\n\n");
          })
          .join("\n\n");
  },
};

/** Who survives the outage that people ask about first, in a sentence for each way to be better, or not. */
function answer({ outages: [first], variants }: Page): string {
  const { profile, curves } = first!;
  const phrases = Map.groupBy(survivals(curves, variants), ({ phrase }) => phrase);
  const said = [...phrases].map(
    ([phrase, own]) => `where ${own.map(({ dependency }) => dependency).join(", ")} is away, ${phrase}`,
  );
  return `An outage of ${asked} s, ${profile} profile: ${said.join("; ")}.`;
}

/** A choice is made with other retries than most runs, so that others may survive what these do not. */
const otherwiseChosen = ({ decided, outages: [first] }: Page): string =>
  decided && decided.profile !== first!.profile
    ? `The choice is made with the retries of the ${decided.profile} profile, with which each survives otherwise. `
    : "";

const captionOf = (profile: string): string =>
  `Shipped of the orders that arrive in an outage of ${asked} s, ${profile} profile`;

const shareText = (shipped: Shipped): string => (typeof shipped === "number" ? percent(shipped) : shipped);

const fileHtml = (file: OutageFile, page: Page): Html => {
  const { profile, curves } = file;
  return markup`
  <p>${how(file)}</p>
  ${scrolling(captionOf(profile), survivalTable(profile, survivals(curves, page.variants), curves, page))}
  ${lossesHtml(lossesOf(file, page.variants), page)}
  ${curvesHtml(file, page)}`;
};

function survivalTable(profile: string, rows: readonly Survival[], curves: readonly Curve[], { variants }: Page): Html {
  const half = (dependency: string, variant: string) => {
    const curve = curves.find((each) => each.dependency === dependency && each.variant === variant);
    return curve && markup`<span class="line quiet">${halfText(curve)}</span>`;
  };
  return markup`<table>
    <caption>${captionOf(profile)}; and the longest outage in which half of them still do</caption>
    <thead>
      <tr>
        <th scope="col">away</th>
        ${variants.map((name) => markup`<th scope="col" class="number">${named(variants, name)}</th>`)}
        <th scope="col">who survives</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ dependency, shipped, phrase }) =>
          markup`<tr>
            <th scope="row">${dependency}</th>
            ${variants.map(
              (name) =>
                markup`<td class="number">
                  ${shareText(shipped[name]!)}${half(dependency, name)}
                </td>`,
            )}
            <td class="named">${phrase}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
