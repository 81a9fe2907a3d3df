import { extents } from "../../../faults/cells.ts";
import type { KeptCell } from "../../../faults/kept.ts";
import { pair } from "../../../variants.ts";
import { type Html, markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { command } from "../../parts.ts";
import { endsOf, partsOf, type Said } from "./ends.ts";

/** As cells are named. */
export const columns = Object.keys(extents).map((extent) => extent.replace(" ", "-"));

/** A row for each dependency and kind, under the scenario: `happy/ChargePayment/`, then `table/time-out`. */
export function stepTable(cells: readonly KeptCell[], { variants }: Page): Html {
  const scenarios = Map.groupBy(cells, ({ cell }) => cell.split("/").slice(0, 2).join("/"));
  const [{ trace: first, cell }] = cells as [KeptCell];
  const trace = first.slice(0, first.indexOf(cell));
  const isPair = variants.every((variant) => pair.some(({ name }) => name === variant));
  return markup`<table class="cells" data-trace="${trace}" data-names="${isPair ? "" : variants.join(" ")}">
    <caption>
      How the order ends. What happened in a cell, once it is picked:
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
      return cell ? cellHtml(cell, variants) : markup`<td></td>`;
    })}
  </tr>`;

/** Names the variants that the cell is of, by their places, where it is not of all. */
function cellHtml(cell: KeptCell, variants: readonly string[]): Html {
  const places = variants.flatMap((variant, at) => (variant in cell.ends ? [at] : []));
  const isOfAll = places.length === variants.length;
  const said = wordsOf(endsOf(cell, variants)) + (cell.findings.length > 0 ? " !" : "");
  return isOfAll ? markup`<td>${said}</td>` : markup`<td data-of="${places.join(" ")}">${said}</td>`;
}

/** What most come to, then who is apart; hundreds of cells have no room for more. */
const wordsOf = ([most, ...apart]: readonly Said[]): string =>
  [most?.text ?? "", ...apart.map(({ variants, text }) => `${variants.join(", ")} ${text}`)].join("; ");
