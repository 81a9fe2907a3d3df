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
      : missingHtml(missing, page),
  markdown: ({ footprint, ...page }) =>
    footprint
      ? [
          plain(rule),
          tableOf(
            ["request", ...namesOf(footprint), "all variants"],
            footprint.footprints.map((each) => [
              plain(each.request.asks),
              ...namesOf(footprint).map((name) => plain(linesOf(each.variants[name]).join("; "))),
              sizeText(each.shared),
            ]),
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
