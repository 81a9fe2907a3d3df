import { counted } from "../../report/words.ts";
import { drawFlow } from "../flows/draw-flow.ts";
import { mermaid } from "../flows/mermaid.ts";
import type { ObservedFlow } from "../flows/observed-flow.ts";
import { plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { figure, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";
import { holdingHtml } from "./holding.ts";

const legend =
  "Drawn from the synthesized templates, and counted from the run. Solid: a call. Dashed: an event. " +
  "Dotted: a last try that failed, or an error that is caught. Grey: never taken in this run.";

/** Who hands over to whom: as designed, and as observed. */
export const flows: Section = {
  id: "flows",
  title: "The flows, designed and observed",
  html: (page) => markup`<p>${legend}</p>
    ${page.flows.map((flow) => flowHtml(flow, page))} ${holdingHtml(page)}`,
  markdown: ({ flows: all }) =>
    all
      .map((each) => [
        `**${each.variant}**: ${taken(each)}`,
        ...each.findings.map((finding) => `- ${plain(finding)}`),
        `\`\`\`mermaid\n${mermaid(each.flow)}\n\`\`\``,
      ])
      .flat()
      .join("\n\n"),
};

function taken({ counts }: ObservedFlow): string {
  const ways = counts.filter((count) => count > 0).length;
  return `${ways} of ${counted(counts.length, "way")} taken by this run`;
}

const flowHtml = (observed: ObservedFlow, { variants }: Page): Html => markup`
  <h3>${named(variants, observed.variant)}: ${taken(observed)}</h3>
  ${observed.findings.map((finding) => markup`<p class="findings">${finding}</p>`)}
  ${scrolling(`The flow of the ${observed.variant}`, drawFlow(observed, `flow-${observed.variant}`))}
  <details>
    <summary>Every way of the ${observed.variant}, and the line at which it is written</summary>
    ${scrolling(`Every way of the ${observed.variant}`, waysOf(observed))}
  </details>`;

const waysOf = ({
  flow: { edges },
  counts,
  sources,
  variant,
}: ObservedFlow): Html => markup`<table data-flow="${variant}">
  <thead>
    <tr>
      <th scope="col">from</th>
      <th scope="col">to</th>
      <th scope="col">by</th>
      <th scope="col" class="number">taken</th>
      <th scope="col">held by</th>
      <th scope="col">written at</th>
    </tr>
  </thead>
  <tbody>
    ${edges.map(
      ({ from, to, kind, label, heldBy }, at) =>
        markup`<tr>
          <td>${from}</td>
          <td>${to}</td>
          <td>${kind}${label && markup` <code>${label}</code>`}</td>
          <td class="number">${figure(counts[at]!)}</td>
          <td><code>${heldBy}</code></td>
          <td>${sources[at] && markup`<code>${sources[at].file}:${sources[at].line}</code>`}</td>
        </tr>`,
    )}
  </tbody>
</table>`;
