import type { DecisionFile } from "../../../decision/decide.ts";
import type { Footprint, FootprintReport, VariantFootprint } from "../../../footprint/footprint.ts";
import { sizeText } from "../../../report/render-footprint.ts";
import { counted } from "../../../report/words.ts";
import { code, plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import { command, named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";

const missing: Missing = {
  shows: "Here stands what five change requests take in each variant.",
  commands: ["footprint"],
};
const rule =
  "Each request was granted in a copy of the project, and the variants were compared there. Counted are files, and " +
  "lines added or taken away, of a variant's own folder; “run” are those of another variant's folder that it " +
  "runs. A deployable is a function, rule or state machine that is new, gone or deployed with other properties; a " +
  "hand-over is one that is new or gone. What every variant needs stands apart.";

/** What change requests take in each variant, as `footprint` counted it. */
export const changeFootprint: Section = {
  id: "footprint",
  title: "Change footprint",
  html: (page) =>
    page.footprint
      ? markup`<p>${rule} The patches are in <code>scripts/footprint/</code>.</p>
          ${requestsTable(page.footprint, page.variants)}
          <p>Again: ${command(page.footprint.command)}</p>`
      : markup`${missingHtml(missing, page)}${page.decided && markup`<p>${sumsKnown(page.decided)}</p>`}`,
  markdown: ({ footprint, ...page }) =>
    footprint
      ? [
          plain(rule),
          tableOf(
            ["request", ...namesOf(footprint), "all variants"],
            [
              ...footprint.footprints.map((each) => [
                plain(each.request.asks),
                ...namesOf(footprint).map((name) => plain(linesOf(each.variants[name]).join("; "))),
                sizeText(each.shared),
              ]),
              [together(footprint), ...namesOf(footprint).map((name) => sumOf(footprint, name)), ""],
            ],
          ),
          `Again: ${code(footprint.command)}`,
        ].join("\n\n")
      : missingMarkdown(missing, { footprint, ...page }),
};

const namesOf = ({ footprints }: FootprintReport): string[] => [
  ...new Set(footprints.flatMap(({ variants }) => Object.keys(variants))),
];

const requestsTable = (report: FootprintReport, variants: readonly string[]): Html =>
  scrolling(
    "Change footprint",
    markup`<table>
      <caption>What change requests take</caption>
      <thead>
        <tr>
          <th scope="col">request</th>
          ${namesOf(report).map((name) => markup`<th scope="col">${named(variants, name)}</th>`)}
          <th scope="col">all variants</th>
          <th scope="col">found again by</th>
        </tr>
      </thead>
      <tbody>
        ${report.footprints.map((each) => requestRow(each, namesOf(report)))}
        <tr class="sum">
          <th scope="row">${together(report)}</th>
          ${namesOf(report).map((name) => markup`<td>${sumOf(report, name)}</td>`)}
          <td></td>
          <td></td>
        </tr>
      </tbody>
    </table>`,
  );

const requestRow = ({ request, variants, shared }: Footprint, names: readonly string[]): Html =>
  markup`<tr>
    <th scope="row">${request.asks}</th>
    ${names.map((name) => markup`<td>${linesOf(variants[name]).map((line) => markup`${line}<br />`)}</td>`)}
    <td>${sizeText(shared)}</td>
    <td>${command(`pnpm footprint ${request.name}`)}</td>
  </tr>`;

/** What counts as the driver “change” of a decision, where all requests were granted. */
const together = ({ footprints }: FootprintReport): string =>
  `lines of ${counted(footprints.length, "request")} together, those of another variant's folder included`;

function sumOf({ footprints }: FootprintReport, name: string): string {
  const all = footprints.map(({ variants }) => variants[name]);
  if (all.includes(undefined)) return "not compared";
  return counted(
    all.reduce((sum, of) => sum + of!.own.lines + of!.run.lines, 0),
    "line",
  );
}

/** The patches can be counted without granting them, as the decision does. */
const sumsKnown = ({ evidence }: DecisionFile): string =>
  "Counted already, by the patches alone, are the lines of all requests together, by which the brief was decided: " +
  `${evidence.map(({ variant, changedLines }) => `${variant} ${changedLines}`).join(", ")}.`;

/** A variant that was not among those that were granted the request has none. */
function linesOf(of: VariantFootprint | undefined): string[] {
  if (!of) return ["not compared"];
  const { own, run, deployables, contracts, wrong } = of;
  return [
    sizeText(own),
    ...(run.files > 0 ? [`run: ${sizeText(run)}`] : []),
    `${counted(deployables.length, "deployable")}, ${counted(contracts.length, "hand-over")}`,
    wrong === undefined ? "ends alike" : `does not hold: ${wrong}`,
  ];
}
