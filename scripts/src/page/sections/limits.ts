import { plain } from "../markdown.ts";
import { markup } from "../markup.ts";
import type { Page } from "../page.ts";
import type { Section } from "../section.ts";

const limits = ({ run }: Page): readonly string[] => [
  `This was ${run.target}. A local run is not AWS: FIDELITY.md says what the embedded cloud does as AWS, and what not.`,
  "Virtual time counts what waits: retries, back-off, time-outs. Calls take no time, so nothing here is a latency.",
  "Payment gateway and carrier are simulated, in the same table as the orders.",
  "The equal profile gives every variant the same patience, the idiomatic one what AWS advises for each style.",
  "One run is one sample of one schedule: it says what can happen, not how often it does.",
  "Teams, skills and ownership are not measured by any run. They are the reader's to weigh.",
];

/** What the page must not be taken for. */
export const limitations: Section = {
  id: "limits",
  title: "Limits",
  html: (page) =>
    markup`<ul>
      ${limits(page).map((limit) => markup`<li>${limit}</li>`)}
    </ul>`,
  markdown: (page) =>
    limits(page)
      .map((limit) => `- ${plain(limit)}`)
      .join("\n"),
};
