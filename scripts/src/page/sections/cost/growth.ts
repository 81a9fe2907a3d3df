import { measures, sweepClaim, trendText } from "../../../report/render-sweep.ts";
import type { SweepReport, SweptSize } from "../../../sweep/sweep-report.ts";
import { code, plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import { command, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";

const missing: Missing = { shows: "Here stands what sagas take as they grow, in both styles.", commands: ["sweep"] };
const words =
  "Messages are events and calls; waits are calls whose caller waits; links say who woke whom; places are rules, or " +
  "the state machine.";

/** What sagas take as they grow, as `sweep` counted it in both styles. */
export const growth: Section = {
  id: "sweep",
  title: "As sagas grow",
  html: ({ sweep, ...page }) =>
    sweep
      ? markup`${sizesTable(sweep)}
          <p>${words}</p>
          <p>${sweepClaim(sweep)}</p>
          <ul>
            ${sweep.trends.map((trend) => markup`<li>${trendText(trend)}</li>`)}
          </ul>
          <p>Again: ${command(sweep.command)}</p>`
      : missingHtml(missing, { sweep, ...page }),
  markdown: ({ sweep, ...page }) =>
    sweep
      ? [
          plain(captionOf(sweep)),
          tableOf(heads.map(plain), sweep.sizes.map(cellsOf)),
          plain(words),
          plain(sweepClaim(sweep)),
          sweep.trends.map((trend) => `- ${plain(trendText(trend))}`).join("\n"),
          `Again: ${code(sweep.command)}`,
        ].join("\n\n")
      : missingMarkdown(missing, { sweep, ...page }),
};

const captionOf = ({ undoPolicy }: SweepReport): string =>
  "Choreography / orchestration, generated and run in the embedded cloud: an order that goes through, and one for " +
  `each error path. Undo: ${undoPolicy}.`;

const heads = ["steps", "error paths", ...measures.map(({ title }) => title)];

const cellsOf = ({ steps, errorPaths, styles }: SweptSize): string[] => [
  String(steps),
  String(errorPaths),
  ...measures.map(({ measure, digits }) =>
    [styles.choreographed, styles.orchestrated].map((run) => run[measure].toFixed(digits)).join(" / "),
  ),
];

const cellHtml = (cell: string): Html => markup`<td class="number">${cell}</td>`;

const sizesTable = (sweep: SweepReport): Html =>
  scrolling(
    "Sagas of growing size",
    markup`<table>
      <caption>${captionOf(sweep)}</caption>
      <thead>
        <tr>
          ${heads.map((head) => markup`<th scope="col" class="number">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${sweep.sizes.map((size) => markup`<tr>${cellsOf(size).map(cellHtml)}</tr>`)}
      </tbody>
    </table>`,
  );
