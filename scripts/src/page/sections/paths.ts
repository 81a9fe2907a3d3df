import { tableOf } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { named, scrolling } from "../parts.ts";
import type { Linked, PathLinks } from "../scores/links-by-path.ts";

const counts = ["links", "withCoordinator"] as const;
const titles = { links: "functions alone", withCoordinator: "client, bus and state machine counted" };

const note =
  "Different pairs of which one's output woke the other, by the steps that an order began. " +
  "In brackets: how many of them the path on which all goes well does not have.";

/** Who woke whom on each path: what a failure adds to what everybody knows. */
export const pathsHtml = ({ paths, variants }: Page): Html => markup`<p>${note}</p>
  ${scrolling(
    "Links by path",
    markup`<table>
      <caption>Links by path, new against happy</caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">path</th>
          ${counts.map((count) => markup`<th scope="colgroup" colspan="${variants.length}">${titles[count]}</th>`)}
          <th scope="col" rowspan="2">new</th>
        </tr>
        <tr>${counts.map(() => variants.map((name) => markup`<th scope="col">${named(variants, name)}</th>`))}</tr>
      </thead>
      <tbody>
        ${paths.map(
          (path) =>
            markup`<tr>
              <th scope="row">${wayOf(path)}<span class="quiet line">${path.batches.join(", ")}</span></th>
              ${counts.map((count) => variants.map((name) => markup`<td>${countText(path[count][name])}</td>`))}
              <td>${newText(path, variants)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )}`;

export const pathsMarkdown = ({ paths, variants }: Page): string =>
  tableOf(
    ["links by path", ...counts.flatMap((count) => variants.map((name) => `${name}, ${titles[count]}`))],
    paths.map((path) => [
      wayOf(path),
      ...counts.flatMap((count) => variants.map((name) => countText(path[count][name]))),
    ]),
  );

const wayOf = ({ steps }: PathLinks): string => steps.join(" → ");

const countText = (linked: Linked | undefined): string => {
  if (!linked) return "–";
  return linked.fresh.length === 0 ? String(linked.all.length) : `${linked.all.length} (${linked.fresh.length})`;
};

/** What is new, function to function: once where the variants agree. */
function newText({ links }: PathLinks, variants: readonly string[]): string {
  const texts = variants.map((name) => (links[name]?.fresh ?? []).map((link) => link.replace(" ", " → ")).join(", "));
  return [...new Set(texts)].join(" / ");
}
