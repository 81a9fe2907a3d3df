import { counted } from "../../report/words.ts";
import { plain, tableOf } from "../markdown.ts";
import { type Content, type Html, markup } from "../markup.ts";
import type { Operations } from "../operating/operations.ts";
import { regions, sources } from "../operating/quotas.ts";
import type { Page } from "../page.ts";
import { figure, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";

const note =
  "Orders a second are a ceiling by default quotas, which AWS raises on request, for orders that ship at once. " +
  "They are computed, not measured; Lambda's concurrency is left out, since a run here takes no time. ";

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
  ...regions.map((region) => ({
    title: `orders a second in ${region}`,
    of: ({ ceilings }: Operations) => {
      const ceiling = ceilings[region];
      return ceiling === undefined ? "unknown" : `${figure(ceiling.ordersPerSecond)}, by ${ceiling.by}`;
    },
  })),
];

function spanOf(days: readonly number[]): string {
  const [least, most] = [Math.min(...days), Math.max(...days)];
  return least === most ? counted(least, "day") : `${least} to ${most} days`;
}

/** What there is to look after: queues, alarms, retention, and where the quotas end. */
export const operating: Section = {
  id: "operating",
  title: "Operating it",
  html: (page) => markup`<p>${note}${sources}. Templates of the ${page.run.profile} profile.</p>
    ${scrolling("What there is to look after", tableHtml(page))}
    ${page.operations.map(
      ({ variant, resources }) => markup`<details>
        <summary>Resources of the ${variant}</summary>
        <ul>${resources.map(([type, count]) => markup`<li>${figure(count)} <code>${type}</code></li>`)}</ul>
      </details>`,
    )}`,
  markdown: ({ operations }) =>
    [
      plain(note + sources),
      tableOf(
        ["", ...operations.map(({ variant }) => variant)],
        rows.map(({ title, of }) => [plain(title), ...operations.map((each) => plain([of(each)].flat().join("; ")))]),
      ),
    ].join("\n\n"),
};

const tableHtml = ({ operations, variants }: Page): Html => markup`<table>
  <thead>
    <tr>
      <th scope="col">what</th>
      ${operations.map(({ variant }) => markup`<th scope="col">${named(variants, variant)}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${rows.map(
      ({ title, of }) =>
        markup`<tr>
          <th scope="row">${title}</th>
          ${operations.map((each) => markup`<td>${linesOf(of(each))}</td>`)}
        </tr>`,
    )}
  </tbody>
</table>`;

function linesOf(lines: string | readonly string[]): Content {
  if (typeof lines === "string") return lines;
  return lines.length === 0 ? "none" : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}
