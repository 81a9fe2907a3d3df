import { alike, flipText, outcome } from "../../../decision/adr.ts";
import type { DecisionFile } from "../../../decision/decide.ts";
import type { Must } from "../../../decision/musts.ts";
import { spanText } from "../../../decision/span.ts";
import { threshold, weightOf } from "../../../decision/weigh.ts";
import { code, plain, tableOf } from "../../markdown.ts";
import { type Html, markup } from "../../markup.ts";
import type { Page } from "../../page.ts";
import { command, named, scrolling } from "../../parts.ts";
import { elsewhere } from "./elsewhere.ts";
import { halfOf } from "./half-of.ts";

/** A brief that was decided: who passes, what each driver says, what flips it. */
export const decidedHtml = (file: DecisionFile, page: Page): Html => markup`
  <p>${plainOutcome(file)} ${basis(file)} Again: ${command(file.command)}</p>
  ${scrolling("must-haves", mustTable(file, page.variants))}
  ${halfOf(file) && markup`<p>${halfOf(file)}</p>`}
  ${scrolling("drivers", driverTable(file, page))}
  <p>${better}</p>
  <ul>
    ${contestsOf(file).map((contest) => markup`<li>${contestText(contest)}</li>`)}
  </ul>
  <ul>
    ${furtherOf(file).map((line) => markup`<li>${line}</li>`)}
  </ul>`;

const basis = ({ profile, region }: DecisionFile): string => `Figures of the ${profile} profile and of ${region}.`;

const plainOutcome = (file: DecisionFile): string => outcome(file).replaceAll("**", "");

const better = `Better is whoever is so by ${threshold} times or more at every value that sources give.`;

type Contest = DecisionFile["pairs"][number];

/** Whoever is chosen against each other; where no one is, each two that pass, or each two where none does. */
function contestsOf({ pairs, choice, options }: DecisionFile): readonly Contest[] {
  if (choice !== undefined) return pairs.filter(({ between }) => between.includes(choice));
  const passing = pairs.filter(({ between }) => between.every((each) => options.includes(each)));
  return passing.length > 0 ? passing : pairs;
}

/** Who is better by which drivers, and which say nothing. */
function contestText({ between, verdicts, points }: Contest): string {
  const won = between.map((variant) => [variant, verdicts.filter(({ winner }) => winner === variant)] as const);
  const open = Map.groupBy(
    verdicts.filter(({ winner }) => winner === undefined),
    ({ why }) => `no one (${why})`,
  );
  const parts = [...won, ...open].filter(([, own]) => own.length > 0);
  const by = parts.map(([who, own]) => `${who} by ${own.map(({ driver }) => driver.id).join(", ")}`);
  const sums = between.map((each) => points[each]).join(" to ");
  return `${between.join(" against ")}, ${sums} by weight: ${by.join("; ")}.`;
}

/** A row for each driver, and the value of each variant. */
function driverTable(file: DecisionFile, page: Page): Html {
  const { pairs, brief, profile } = file;
  const { names, rows } = valuesOf(pairs);
  return markup`<table>
    <caption>
      Drivers, ${profile} profile: what each variant comes to, and how much that counts
    </caption>
    <thead>
      <tr>
        <th scope="col">driver</th>
        <th scope="col" class="number">counts</th>
        <th scope="col">is</th>
        ${names.map((name) => markup`<th scope="col" class="number">${named(page.variants, name)}</th>`)}
        <th scope="col">found again by</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ driver, values }) =>
          markup`<tr>
            <th scope="row">${driver.id}</th>
            <td class="number">${weightOf(brief.weights, driver)}</td>
            <td class="said">
              ${driver.title} (${driver.unit}); ${driver.better} is better${otherScope(driver.id, file, page)}
            </td>
            ${names.map((name) => markup`<td class="number">${spanText(values[name])}</td>`)}
            <td>${command(driver.command)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** What the figure is of, where the page has a like one of something else. */
function otherScope(driver: string, file: DecisionFile, page: Page): Html | undefined {
  const other = elsewhere[driver];
  if (!other) return undefined;
  return markup`<a class="scope" href="#${other.section}">${other.why(file, page)}</a>`;
}

/** Every driver with the value of each variant, which stands in each pair that the variant is one of. */
function valuesOf(pairs: DecisionFile["pairs"]) {
  const names = [...new Set(pairs.flatMap(({ between }) => between))];
  const rows = (pairs[0]?.verdicts ?? []).map(({ driver }, at) => ({
    driver,
    values: Object.fromEntries(pairs.flatMap(({ verdicts }) => Object.entries(verdicts[at]!.values))),
  }));
  return { names, rows };
}

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
        <th scope="col">found again by</th>
      </tr>
    </thead>
    <tbody>
      ${whats.map(
        (what, at) =>
          markup`<tr>
            <th scope="row">${what}</th>
            ${names.map((name) => mustCell(musts[name]![at]!))}
            <td>${commandOf(names.map((name) => musts[name]![at]!))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
};

const marks = { pass: "✓", fail: "✗", unknown: "?" } as const;

/** What would make it known, where nothing is. */
function mustCell({ verdict, found, again }: Must): Html {
  const word = `${marks[verdict]} ${verdict}`;
  return markup`<td>
    <span class="${verdict === "pass" ? "quiet" : "bad"}">${word}</span>: ${found}
    ${verdict === "unknown" && again !== undefined && markup` ${command(again)}`}
  </td>`;
}

const commandOf = (musts: readonly Must[]): Html | undefined => {
  const again = musts.find(({ verdict }) => verdict !== "unknown")?.again;
  return again === undefined ? undefined : command(again);
};

export const decidedMarkdown = (file: DecisionFile): string[] => [
  `${plain(plainOutcome(file))} ${plain(basis(file))} Again: ${code(file.command)}`,
  ...[halfOf(file)].filter((said) => said !== undefined).map(plain),
  driversMarkdown(file),
  better,
  contestsOf(file)
    .map((contest) => `- ${plain(contestText(contest))}`)
    .join("\n"),
  furtherOf(file)
    .map((line) => `- ${plain(line)}`)
    .join("\n"),
];

function driversMarkdown({ pairs }: DecisionFile): string {
  const { names, rows } = valuesOf(pairs);
  return tableOf(
    ["driver", ...names.map(plain)],
    rows.map(({ driver, values }) => [plain(driver.title), ...names.map((name) => plain(spanText(values[name])))]),
  );
}
