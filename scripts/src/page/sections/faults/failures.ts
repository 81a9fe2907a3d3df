import type { KeptCell, MatrixFile } from "../../../faults/kept.ts";
import { away } from "../../../faults/outage.ts";
import { counted } from "../../../report/words.ts";
import { plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../../missing.ts";
import type { Page } from "../../page.ts";
import { command, named, scrolling } from "../../parts.ts";
import type { Section } from "../../section.ts";
import { harmOf, partsOf, type Said, unharmed } from "./ends.ts";
import { saidHtml, saidText } from "./said.ts";
import { columns, stepTable } from "./step-table.ts";

/** Broken cells that are told one by one; the file has them all. */
const mostShown = 20;

const missing: Missing = {
  shows: "Here stands how an order ends when each step meets each fault: the failure matrix.",
  commands: ["matrix"],
};
const outageKinds = [...Map.groupBy(Object.entries(away), ([, kind]) => kind)]
  .map(([kind, own]) => `${kind} of ${own.map(([dependency]) => dependency).join(", ")}`)
  .join("; ");

/** A cell is no outage: without this the two seem to contradict each other. */
const cellMeans =
  "A cell is one order by itself, no stream of them: one step of it meets one kind of fault, at its first try, at " +
  "its first three, or at every try within so many seconds of when it is first due. An outage, by which the page " +
  `says who survives, is one kind alone: ${outageKinds}. So a variant can survive an outage of what it does not ` +
  "survive in a cell of another kind, such as fail-before, which ends the function and with it whatever it would " +
  "have tried again.";
const legend =
  `“${unharmed}”: whichever step is struck, the order ends as it does without the fault. ` +
  "Otherwise: the number of " +
  "steps at which it ends so instead: released (undone), parked (for a person), shipped (though it was to be " +
  "undone), stuck. Variants that are apart from most stand by name. What happened in a cell of the tables by step " +
  "is told by its name: pnpm trace SCENARIO/STEP/FAULT/TRIES.";

/** Each step under each fault: how the order ended in each variant. */
export const failureMatrix: Section = {
  id: "failures",
  title: "Every step under every fault",
  html: (page) => (page.matrix === undefined ? missingHtml(missing, page) : matrixHtml(page.matrix, page)),
  markdown: (page) => {
    const { matrix, variants } = page;
    if (!matrix) return missingMarkdown(missing, page);
    const rows = linesOf(matrix.results, variants).map(({ dependency, kinds, cells }) => [
      plain(`${dependency}: ${kinds.join(", ")}`),
      ...cells.map(({ said, isBroken }) => plain(saidText(said) + (isBroken ? " !" : ""))),
    ]);
    return [plain(`${sentence(matrix, variants)} ${cellMeans} ${legend}`), tableOf(["fault", ...columns], rows)].join(
      "\n\n",
    );
  },
};

function sentence({ profile, results }: MatrixFile, variants: readonly string[]): string {
  const untried = variants.filter((variant) => !results.some(({ ends }) => variant in ends));
  const broken = results.filter(({ findings }) => findings.length > 0).length;
  const good = results.length - broken;
  const unlike = results.filter(({ ends, findings }) => findings.length === 0 && new Set(Object.values(ends)).size > 1);
  const why = profile === "equal" ? "as one of them declares" : "as they may where retries differ";
  return [
    `${counted(results.length, "cell")} in the ${profile} profile: ${good} as they must be, ${broken} not.`,
    ...(unlike.length > 0 ? [`In ${unlike.length} of the good ones the variants end differently, ${why}.`] : []),
    ...(untried.length > 0 ? [`It was made without ${untried.join(", ")}: pnpm matrix --variants names more.`] : []),
  ].join(" ");
}

/** Kinds of faults of one dependency that make the same of the orders, extent by extent. */
interface Line {
  readonly dependency: string;
  readonly kinds: readonly string[];
  /** Who is struck by it at all. */
  readonly variants: readonly string[];
  readonly cells: readonly Harm[];
}

/** What the cells of one kind and extent come to, all steps together; nothing said where there are none. */
interface Harm {
  readonly said: readonly Said[];
  readonly isBroken: boolean;
}

/** The matrix in as few lines as tell all of it. */
function linesOf(cells: readonly KeptCell[], variants: readonly string[]): Line[] {
  const faults = Map.groupBy(cells, (cell) => `${partsOf(cell).dependency} ${partsOf(cell).kind}`);
  const lines = [...faults.values()].map((own) => ({
    ...partsOf(own[0]!),
    variants: variants.filter((variant) => own.some(({ ends }) => variant in ends)),
    cells: columns.map((extent) => {
      const those = own.filter((cell) => partsOf(cell).extent === extent);
      return { said: harmOf(those, variants), isBroken: those.some(({ findings }) => findings.length > 0) };
    }),
  }));
  const alike = Map.groupBy(lines, (line) => JSON.stringify([line.dependency, line.variants, line.cells]));
  return [...alike.values()]
    .map((own) => ({ ...own[0]!, kinds: own.map(({ kind }) => kind) }))
    .toSorted((a, b) => (a.dependency < b.dependency ? -1 : Number(a.dependency > b.dependency)));
}

const matrixHtml = (matrix: MatrixFile, page: Page): Html => markup`
  <p>${sentence(matrix, page.variants)} ${cellMeans} Each kind stands in the <a href="#glossary">glossary</a>.</p>
  <p>${legend}</p>
  ${brokenHtml(matrix, page)}
  ${scrolling("How orders end under each fault, all steps together", summaryTable(matrix, page))}
  ${[...Map.groupBy(matrix.results, (cell) => partsOf(cell).step)].map(
    ([step, cells]) => markup`<details>
      <summary>${step}, cell by cell</summary>
      ${scrolling(`${step}, cell by cell`, stepTable(cells, page))}
    </details>`,
  )}`;

function brokenHtml({ results }: MatrixFile, { variants }: Page): Html {
  const broken = results.filter(({ findings }) => findings.length > 0);
  const rest = broken.length - mostShown;
  if (broken.length === 0) return markup``;
  return markup`<details class="findings">
    <summary>${counted(broken.length, "cell")} otherwise than they must be</summary>
    <ol>
      ${broken.slice(0, mostShown).map(
        ({ cell, ends, findings, trace }) =>
          markup`<li>
            <b>${cell}</b>: ${findings.map(({ what }) => what).join("; ")}
            (${Object.entries(ends).map(([variant, end], at) => [at > 0 && ", ", named(variants, variant), " ", end])})
            ${command(trace)}
          </li>`,
      )}
    </ol>
    ${rest > 0 && markup`<p>And ${rest} more: ${command("pnpm matrix --json")}</p>`}
  </details>`;
}

const ofHtml = (struck: readonly string[]): Html => markup`<span class="apart quiet">of ${struck.join(", ")}</span>`;

const summaryTable = ({ results }: MatrixFile, { variants }: Page): Html => markup`<table>
  <caption>All steps together: at how many of them the order ends otherwise than without it; ! is broken</caption>
  <thead>
    <tr>
      <th scope="col">away or failing</th>
      <th scope="col">how</th>
      ${columns.map((extent) => markup`<th scope="col">${extent.replace("-", " ")}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${linesOf(results, variants).map(
      ({ dependency, kinds, variants: struck, cells }) =>
        markup`<tr>
          <th scope="row">
            ${dependency}${struck.length < variants.length && ofHtml(struck)}
          </th>
          <td class="kinds">${kinds.join(", ")}</td>
          ${cells.map(
            ({ said, isBroken }) =>
              markup`<td>${saidHtml(said, variants)}${isBroken && markup` <b class="bad">!</b>`}</td>`,
          )}
        </tr>`,
    )}
  </tbody>
</table>`;
