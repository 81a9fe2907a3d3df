import { alike, flipText, outcome } from "../../decision/adr.ts";
import type { DecisionFile } from "../../decision/decide.ts";
import { spanText } from "../../decision/span.ts";
import { type Verdict, weightOf } from "../../decision/weigh.ts";
import { code, plain, tableOf } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import { command, named, scrolling } from "../parts.ts";

/** A brief that was decided: who passes, what each driver says, what flips it. */
export const decidedHtml = (file: DecisionFile, variants: readonly string[]): Html => markup`
  <p>${plainOutcome(file)} Figures of the ${file.profile} profile. Again: ${command(file.command)}</p>
  ${scrolling("must-haves", mustTable(file, variants))}
  ${file.pairs.map((pair) => {
    const [first, second] = pair.between;
    return markup`${scrolling(
      `drivers, ${first} against ${second}`,
      markup`<table>
        <caption>
          Drivers: ${named(variants, first)} against ${named(variants, second)}
        </caption>
        <thead>
          <tr>
            <th scope="col">driver</th>
            <th scope="col" class="number">${named(variants, first)}</th>
            <th scope="col" class="number">${named(variants, second)}</th>
            <th scope="col">better</th>
            <th scope="col" class="number">counts</th>
            <th scope="col">found again by</th>
          </tr>
        </thead>
        <tbody>
          ${pair.verdicts.map(
            (verdict) =>
              markup`<tr>
                <th scope="row">${verdict.driver.title} (${verdict.driver.unit})</th>
                <td class="number">${spanText(verdict.values[first])}</td>
                <td class="number">${spanText(verdict.values[second])}</td>
                <td>${winnerOf(verdict)}</td>
                <td class="number">${weightOf(file.brief.weights, verdict.driver)}</td>
                <td>${command(verdict.driver.command)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
`;
  })}
  <ul>
    ${furtherOf(file).map((line) => markup`<li>${line}</li>`)}
  </ul>`;

const plainOutcome = (file: DecisionFile): string => outcome(file).replaceAll("**", "");

const winnerOf = ({ winner, why }: Verdict): string => winner ?? `no one: ${why}`;

/** What makes it another choice, and what the other briefs lead to. */
const furtherOf = (file: DecisionFile): string[] => [
  ...(file.flips.length > 0 ? file.flips.map(flipText) : ["Nothing of what was tried makes it another choice."]),
  ...file.others.map((other) => alike(file, other)),
];

const mustTable = ({ musts, brief }: DecisionFile, variants: readonly string[]): Html => {
  const names = Object.keys(musts);
  const whats = (Object.values(musts)[0] ?? []).map(({ what }) => what);
  return markup`<table>
    <caption>Must-haves of “${brief.title}”</caption>
    <thead>
      <tr>
        <th scope="col">must</th>
        ${names.map((name) => markup`<th scope="col">${named(variants, name)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${whats.map(
        (what, at) =>
          markup`<tr>
            <th scope="row">${what}</th>
            ${names.map((name) => {
              const { passed, found } = musts[name]![at]!;
              return markup`<td>${passed ? "pass" : "fail"}: ${found}</td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
};

export const decidedMarkdown = (file: DecisionFile): string[] => [
  `${plain(plainOutcome(file))} Figures of the ${file.profile} profile. Again: ${code(file.command)}`,
  ...file.pairs.flatMap((pair) => [
    tableOf(
      ["driver", ...pair.between.map(plain), "better"],
      pair.verdicts.map((verdict) => [
        plain(verdict.driver.title),
        ...pair.between.map((variant) => plain(spanText(verdict.values[variant]))),
        plain(winnerOf(verdict)),
      ]),
    ),
  ]),
  furtherOf(file)
    .map((line) => `- ${plain(line)}`)
    .join("\n"),
];
