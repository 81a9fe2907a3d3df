import { extents } from "../../faults/cells.ts";
import type { KeptCell, MatrixFile } from "../../faults/kept.ts";
import { glyph } from "../../report/render-matrix.ts";
import { counted } from "../../report/words.ts";
import { pair } from "../../variants.ts";
import { plain, tableOf } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import { type Missing, missingHtml, missingMarkdown } from "../missing.ts";
import type { Page } from "../page.ts";
import { command, named, scrolling } from "../parts.ts";
import type { Section } from "../section.ts";

/** Broken cells that are told one by one; the file has them all. */
const mostShown = 20;

const missing: Missing = {
  shows: "Here stands how an order ends when each step meets each fault: the failure matrix.",
  commands: ["matrix"],
};
const legend =
  "S shipped, R released, P parked, F nothing reserved, 0 never created, a dot for stuck, a dash for not applicable. " +
  "What happened in a cell of the tables by step is told by its name: pnpm trace SCENARIO/STEP/FAULT/TRIES.";

const columns = Object.keys(extents).map((extent) => extent.replace(" ", "-"));

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
      ...cells.map(textOf),
    ]);
    return [`${sentence(matrix, variants)} ${legend}`, tableOf(["fault", ...columns], rows)].join("\n\n");
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

/** `happy/ChargePayment/table/time-out/3-tries` by its parts. */
function partsOf({ cell }: KeptCell) {
  const [, step = "", dependency = "", kind = "", extent = ""] = cell.split("/");
  return { step, dependency, kind, extent };
}

/** Kinds of faults of one dependency under which the orders end alike, and how they end, extent by extent. */
interface Line {
  readonly dependency: string;
  readonly kinds: readonly string[];
  readonly cells: readonly Ends[];
}

/** How the cells of one kind and extent ended, all steps together. */
interface Ends {
  /** By the name of the variant: `R5 S2`. */
  readonly by: readonly (readonly [variant: string, text: string])[];
  readonly isBroken: boolean;
}

/** The matrix in as few lines as tell all of it. */
function linesOf(cells: readonly KeptCell[], variants: readonly string[]): Line[] {
  const faults = Map.groupBy(cells, (cell) => `${partsOf(cell).dependency} ${partsOf(cell).kind}`);
  const lines = [...faults.values()].map((own) => ({
    ...partsOf(own[0]!),
    cells: columns.map((extent) =>
      endsOf(
        own.filter((cell) => partsOf(cell).extent === extent),
        variants,
      ),
    ),
  }));
  const alike = Map.groupBy(lines, (line) => JSON.stringify([line.dependency, line.cells]));
  return [...alike.values()]
    .map((own) => ({ ...own[0]!, kinds: own.map(({ kind }) => kind) }))
    .toSorted((a, b) => (a.dependency < b.dependency ? -1 : Number(a.dependency > b.dependency)));
}

function endsOf(cells: readonly KeptCell[], variants: readonly string[]): Ends {
  const by = variants.map((variant) => {
    const ends = cells.flatMap(({ ends: all }) => (variant in all ? [glyph(all[variant])] : []));
    const counts = [...Map.groupBy(ends, (end) => end)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [variant, counts.map(([end, all]) => `${end}${all.length}`).join(" ") || "–"] as const;
  });
  return { by: cells.length === 0 ? [] : by, isBroken: cells.some(({ findings }) => findings.length > 0) };
}

/** Once where the variants agree. */
function textOf({ by, isBroken }: Ends): string {
  const texts = [...new Set(by.map(([, text]) => text))];
  return texts.join(" / ") + (isBroken ? " !" : "");
}

const matrixHtml = (matrix: MatrixFile, page: Page): Html => markup`
  <p>${sentence(matrix, page.variants)} ${legend}</p>
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

const summaryTable = ({ results }: MatrixFile, { variants }: Page): Html => markup`<table>
  <caption>All steps together: how many orders ended how, by variant where they differ; ! is broken</caption>
  <thead>
    <tr>
      <th scope="col">away or failing</th>
      <th scope="col">how</th>
      ${columns.map((extent) => markup`<th scope="col">${extent.replace("-", " ")}</th>`)}
    </tr>
  </thead>
  <tbody>
    ${linesOf(results, variants).map(
      ({ dependency, kinds, cells }) =>
        markup`<tr>
          <th scope="row">${dependency}</th>
          <td class="kinds">${kinds.join(", ")}</td>
          ${cells.map((ends) => markup`<td>${endsHtml(ends, variants)}</td>`)}
        </tr>`,
    )}
  </tbody>
</table>`;

function endsHtml(ends: Ends, variants: readonly string[]): Html {
  const { by, isBroken } = ends;
  const alike = new Set(by.map(([, text]) => text)).size <= 1;
  const lines = by.map(([variant, text]) => markup`<span class="line">${named(variants, variant)} ${text}</span>`);
  return markup`${alike ? by[0]?.[1] : lines}${isBroken && markup` <b class="bad">!</b>`}`;
}

/** A row for each dependency and kind, under the scenario: `happy/ChargePayment/`, then `table/time-out`. */
function stepTable(cells: readonly KeptCell[], { variants }: Page): Html {
  const scenarios = Map.groupBy(cells, ({ cell }) => cell.split("/").slice(0, 2).join("/"));
  const [{ trace: first, cell }] = cells as [KeptCell];
  const trace = first.slice(0, first.indexOf(cell));
  const isPair = variants.every((variant) => pair.some(({ name }) => name === variant));
  return markup`<table class="cells" data-trace="${trace}" data-names="${isPair ? "" : variants.join(" ")}">
    <caption>
      A letter for each of ${variants.join(", ")}. What happened in a cell, once it is picked:
      <output>${command(`${trace}SCENARIO/STEP/FAULT/TRIES`)}</output>
    </caption>
    <thead><tr><th scope="col">fault</th>${columns.map((extent) => markup`<th scope="col">${extent}</th>`)}</tr></thead>
    ${[...scenarios].map(
      ([scenario, own]) =>
        markup`<tbody>
          <tr><th colspan="${columns.length + 1}">${scenario}</th></tr>
          ${[...Map.groupBy(own, faultOf)].map(([fault, row]) => faultRow(fault, row, variants))}
        </tbody>`,
    )}
  </table>`;
}

const faultOf = ({ cell }: KeptCell): string => cell.split("/").slice(2, 4).join("/");

const faultRow = (fault: string, cells: readonly KeptCell[], variants: readonly string[]): Html =>
  markup`<tr>
    <th scope="row">${fault}</th>
    ${columns.map((extent) => {
      const cell = cells.find((each) => partsOf(each).extent === extent);
      return markup`<td>${cell && letters(cell, variants)}</td>`;
    })}
  </tr>`;

const letters = ({ ends, findings }: KeptCell, variants: readonly string[]): string =>
  variants.map((variant) => glyph(ends[variant])).join("") + (findings.length > 0 ? " !" : "");
