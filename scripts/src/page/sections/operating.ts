import type { DecisionFile } from "../../decision/decide.ts";
import { regions } from "../../decision/quotas.ts";
import { spanText } from "../../decision/span.ts";
import { counted } from "../../report/words.ts";
import { plain, tableOf } from "../markdown.ts";
import { type Content, type Html, markup } from "../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../missing.ts";
import type { Operations } from "../operating/operations.ts";
import type { Page } from "../page.ts";
import { figure, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";

const missing: Missing = {
  shows: "Here stands how many orders a second the default quotas of four Regions let through.",
  commands: ["decide"],
};

/** Where the ceilings come from: the figures by which a brief was decided. */
const noteOf = ({ profile, quotas }: DecisionFile): string =>
  "Orders a second are a ceiling by default quotas, which AWS raises on request, for orders that ship at once: of " +
  "the quota that is met first. They are modelled, not measured, and a span where it matters how long functions " +
  `run. They are the figures of the ${profile} profile by which the brief was decided. ${quotas}.`;

interface Row {
  readonly title: string;
  readonly of: (operations: Operations) => string | readonly string[];
}

const rows: readonly Row[] = [
  {
    title: "queues, and how long a message stays",
    of: ({ queueDays }) => queueDays.map((days) => counted(days, "day")),
  },
  { title: "alarms", of: ({ alarms }) => alarms },
  {
    title: "history that can be asked",
    of: ({ retention }) =>
      retention.filter(([, days]) => days.length > 0).map(([what, days]) => `${what}: ${spanOf(days)}`),
  },
  {
    title: "resources of the template",
    of: ({ resources }) =>
      counted(
        resources.reduce((sum, [, count]) => sum + count, 0),
        "resource",
      ),
  },
];

/** A row for each Region, as far as a brief was decided. */
const ceilingRows = ({ decided }: Page): readonly Row[] =>
  decided === undefined
    ? []
    : regions.map((region) => ({
        title: `orders a second in ${region}`,
        of: ({ variant }: Operations) => {
          const ceiling = decided.evidence.find((each) => each.variant === variant)?.ceilings[region];
          return ceiling === undefined ? "not decided about" : `${spanText(ceiling)}, by ${ceiling.by}`;
        },
      }));

function spanOf(days: readonly number[]): string {
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return least === most ? counted(least, "day") : `${least} to ${most} days`;
}

/** What there is to look after: queues, alarms, retention, and where the quotas end. */
export const operating: Section = {
  id: "operating",
  title: "Operating it",
  html: (page) => markup`<p>Read off the templates of the ${page.run.profile} profile.</p>
    ${page.decided ? markup`<p>${noteOf(page.decided)}</p>` : missingHtml(missing, page)}
    ${scrolling("What there is to look after", tableHtml(page))}
    ${page.operations.map(
      ({ variant, resources }) => markup`<details>
        <summary>Resources of the ${variant}</summary>
        <ul>${resources.map(([type, count]) => markup`<li>${figure(count)} <code>${type}</code></li>`)}</ul>
      </details>`,
    )}`,
  markdown: (page) =>
    [
      page.decided ? plain(noteOf(page.decided)) : missingMarkdown(missing, page),
      tableOf(
        ["", ...page.operations.map(({ variant }) => variant)],
        [...rows, ...ceilingRows(page)].map(({ title, of }) => [
          plain(title),
          ...page.operations.map((each) => plain([of(each)].flat().join("; "))),
        ]),
      ),
    ].join("\n\n"),
};

const tableHtml = (page: Page): Html => markup`<table>
  <thead>
    <tr>
      <th scope="col">what</th>
      ${page.operations.map(({ variant }) => markup`<th scope="col">${named(page.variants, variant)}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${[...rows, ...ceilingRows(page)].map(
      ({ title, of }) =>
        markup`<tr>
          <th scope="row">${title}</th>
          ${page.operations.map((each) => markup`<td>${linesOf(of(each))}</td>`)}
        </tr>`,
    )}
  </tbody>
</table>`;

function linesOf(lines: string | readonly string[]): Content {
  if (typeof lines === "string") return lines;
  return lines.length === 0 ? "none" : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}
