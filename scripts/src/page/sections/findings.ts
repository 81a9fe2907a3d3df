import type { Finding } from "../../judgement/judge.ts";
import type { Result } from "../../judgement/results.ts";
import { renderOutdated } from "../../report/render-declared.ts";
import { counted } from "../../report/words.ts";
import { againFor } from "../commands.ts";
import { code, plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { command, named } from "../parts.ts";

/** Findings of a result that the twin in Markdown tells; a comment on a pull request has no room for more. */
const mostInMarkdown = 10;

const withFindings = ({ run }: Page): readonly Result[] => run.results.filter(({ findingCount }) => findingCount > 0);

/** Everything that is not as it must be, before anything else. */
export const findingsHtml = (page: Page): Html =>
  markup`${withFindings(page).map((result) => resultHtml(page, result))} ${outdatedHtml(page)}`;

/** What a variant declares and what did not happen, so that it is no longer so. */
const outdatedHtml = ({ run: { outdated = [] } }: Page): Html | undefined =>
  outdated.length === 0
    ? undefined
    : markup`<details class="findings" open id="outdated">
        <summary>${counted(outdated.length, "declared difference")} did not happen</summary>
        <pre>${renderOutdated(outdated).trim()}</pre>
      </details>`;

function resultHtml(page: Page, { name, findings, findingCount }: Result): Html {
  const rest = findingCount - findings.length;
  return markup`<details class="findings" open id="findings-${name}">
    <summary>${name}: ${counted(findingCount, "finding")}</summary>
    <ol>
      ${findings.map((finding) => findingHtml(page, finding))}
    </ol>
    ${rest > 0 && markup`<p>${counted(rest, "more finding")} of ${name} were counted and not kept.</p>`}
    <p>Again: ${command(againFor(page.run.command, name))}</p>
  </details>`;
}

const findingHtml = ({ variants }: Page, { orderId, what, seen, happened = {} }: Finding): Html =>
  markup`<li>
    <b>${orderId ?? "all orders together"}</b>: ${what}
    <ul>
      ${Object.entries(seen).map(
        ([variant, value]) =>
          markup`<li>${named(variants, variant)} <code>${JSON.stringify(value) ?? "nothing"}</code></li>`,
      )}
      ${Object.entries(happened).map(([variant, text]) => markup`<li>${named(variants, variant)} ${text}</li>`)}
    </ul>
  </li>`;

export const findingsMarkdown = (page: Page): string[] => [
  ...(page.run.outdated ?? []).map(({ what, seen }) => `- ${plain(`${Object.keys(seen).join(", ")}: ${what}`)}`),
  ...withFindings(page).map(({ name, findings, findingCount }) => {
    const shown = findings.slice(0, mostInMarkdown);
    const rest = findingCount - shown.length;
    return [
      `**${plain(name)}: ${counted(findingCount, "finding")}**\n`,
      ...shown.map(
        ({ orderId, what, seen }) =>
          `- ${code(orderId ?? "all orders together")}: ${plain(what)}: ${code(JSON.stringify(seen))}`,
      ),
      ...(rest > 0 ? [`- and ${rest.toLocaleString("en")} more`] : []),
      `\nAgain: ${code(againFor(page.run.command, name))}`,
    ].join("\n");
  }),
];
