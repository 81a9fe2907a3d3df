import { counted } from "../../report/words.ts";
import { arrowHead, drawFlow } from "../flows/draw-flow.ts";
import { mermaid } from "../flows/mermaid.ts";
import type { ObservedFlow } from "../flows/observed-flow.ts";
import { plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { command, figure, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";
import { holdingHtml } from "./holding.ts";

const legend = ({ run: { profile } }: Page): string =>
  `Designed: drawn from the synthesized templates, ${profile} profile. Observed: how often the run took each way, so ` +
  "a placement that is said again or refused counts too, and so does each retry.";

/** How a way or a node is drawn, and what that means. */
const keys: readonly (readonly [sample: Html, meaning: string])[] = [
  [edgeKey("call"), "a call, or the next state"],
  [edgeKey("event"), "an event, or a status that nobody is called after"],
  [edgeKey("failure"), "a last try that failed, or an error that is caught"],
  [edgeKey("never"), "never taken"],
  [nodeKey("step", 3), "a step"],
  [nodeKey("choice", 0), "a choice between ways"],
  [nodeKey("end", 7), "where it begins or ends"],
  [markup`<code>OrderCreated ×98</code>`, "what leads there, and how often"],
  [markup`<code>waits</code>`, "the caller waits for the answer"],
];

function edgeKey(kind: string): Html {
  const of = kind === "never" ? "call never" : kind;
  return markup`<svg class="flow" width="34" height="12" aria-hidden="true">
    <g class="edge ${of}"><path d="M0 6h33" /></g></svg>`;
}

function nodeKey(kind: string, rounding: number): Html {
  return markup`<svg class="flow" width="26" height="14" aria-hidden="true"><g class="node ${kind}">
    <rect x="1" y="1" width="24" height="12" rx="${rounding}" /></g></svg>`;
}

/** Of how many orders the ways are counted; nothing where it is all of them. */
const ofASample = ({ told }: Page): string | undefined =>
  told.orders < told.of
    ? `Counted are ${figure(told.orders)} of ${figure(told.of)} orders, of which the log has every line; all of them by`
    : undefined;

/** Who hands over to whom: as designed, and as observed. */
export const flows: Section = {
  id: "flows",
  title: "The flows, designed and observed",
  html: (page) => markup`<p>${legend(page)}</p>
    ${ofASample(page) && markup`<p>${ofASample(page)} ${command(`${page.run.command} --log all`)}</p>`}
    <p class="legend">
      ${keys.map(([sample, meaning]) => markup`<span class="key">${sample} ${meaning}</span> `)}
    </p>
    ${arrowHead} ${page.flows.map((flow) => flowHtml(flow, page))} ${holdingHtml(page)}`,
  markdown: (page) =>
    [
      [legend(page), ofASample(page)].filter(Boolean).join(" "),
      ...page.flows.flatMap((each) => [
        `**${each.variant}**: ${taken(each)}`,
        ...each.findings.map((finding) => `- ${plain(finding)}`),
        `\`\`\`mermaid\n${mermaid(each.flow)}\n\`\`\``,
      ]),
    ].join("\n\n"),
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
          <td>${figure(counts[at]!)}</td>
          <td>${heldBy}</td>
          <td>${sources[at] && `${sources[at].file}:${sources[at].line}`}</td>
        </tr>`,
    )}
  </tbody>
</table>`;
