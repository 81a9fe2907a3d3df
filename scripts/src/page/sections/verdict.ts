import type { DecisionFile } from "../../decision/decide.ts";
import { threshold } from "../../decision/weigh.ts";
import type { RunResults } from "../../judgement/results.ts";
import { code, plain } from "../markdown.ts";
import { type Html, markup } from "../markup.ts";
import type { Page } from "../page.ts";
import { command } from "../parts.ts";
import type { Section } from "../section.ts";
import { whatCameOfIt } from "./came-of-it.ts";
import { choiceOf } from "./decision/choice.ts";
import { findingsHtml, findingsMarkdown } from "./findings.ts";
import { glanceHtml, glanceMarkdown } from "./glance.ts";

const marks = { valid: "✓", invalid: "✗", unknown: "?" } as const;

const names = new Intl.ListFormat("en", { type: "conjunction" });

/** What came of it; who is chosen, or where the variants differ; and what flips that, or what it rests on. */
export function sentences(page: Page): readonly [string, string, string] {
  const { run, variants, decided } = page;
  const came = whatCameOfIt(run, variants);
  if (!decided) return [came, whereItDiffers(page), whatItRestsOn(run)];
  const [choice, flips] = choiceOf(decided);
  return [came, choice, `${flips}. ${whatTheChoiceRestsOn(run, decided)}`];
}

function whereItDiffers({ scores }: Page): string {
  const weighed = scores.filter(({ metric }) => metric.kind === "fewer");
  const won = weighed.filter(({ comparison }) => comparison.winner !== undefined);
  if (won.length === 0) {
    const close = names.format(weighed.map(({ metric }) => metric.title));
    return `What it took decides for no one: ${close} are within ${threshold} times of each other.`;
  }
  const phrases = won.map(({ metric, comparison }) => `${metric.title}, ${comparison.phrase}`);
  return `What it took differs: ${phrases.join("; ")}.`;
}

const whatItRestsOn = ({ target, profile }: RunResults): string =>
  `Both sentences are counted from one run of the ${profile} profile in ${target}. No one is chosen: that takes a ` +
  "brief, under What decides.";

const whatTheChoiceRestsOn = ({ target, profile }: RunResults, decided: DecisionFile): string =>
  `The ends are those of one run of the ${profile} profile in ${target}, the choice is that of the ` +
  `${decided.profile} profile, with latency, cost and throughput modelled.`;

/** Who is chosen leaps to the eye; who does not pass follows. */
function choiceHtml(choice: string): Html {
  const [chosen = "", ...others] = choice.split("; ");
  return markup`<b>${chosen}</b>${others.map((other) => `; ${other}`)}`;
}

/** What came of it and who is chosen, in three sentences, and the command that repeats it. */
export const verdict: Section = {
  id: "verdict",
  title: "Verdict",
  html: (page) =>
    markup`<div class="verdict ${page.run.verdict}">
        <p class="mark" aria-hidden="true">${marks[page.run.verdict]}</p>
        <div>
          <p class="word">${page.run.verdict} comparison</p>
          ${sentences(page).map((said, at) => markup`<p>${page.decided && at === 1 ? choiceHtml(said) : said}</p>`)}
          <p>Again: ${command(page.run.command)}</p>
        </div>
      </div>
      ${findingsHtml(page)} ${glanceHtml(page)}`,
  markdown: (page) =>
    [
      `**${marks[page.run.verdict]} ${page.run.verdict} comparison.** ${plain(sentences(page).join(" "))}`,
      `Again: ${code(page.run.command)}`,
      ...findingsMarkdown(page),
      glanceMarkdown(page),
    ].join("\n\n"),
};
