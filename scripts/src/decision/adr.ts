import type { Decision } from "./decide.ts";
import { judgements } from "./drivers.ts";
import type { Flip } from "./flips.ts";
import { foundText } from "./musts.ts";
import { spanText } from "./span.ts";
import { threshold, type Verdict, weightOf } from "./weigh.ts";

/** Where the figures of a record come from. */
export interface Cited {
  readonly command: string;
  readonly profile: string;
  /** Whose prices and quotas. */
  readonly region: string;
  /** ISO 8601 date. */
  readonly date: string;
}

/** A decision record that another team can attack, in the form of MADR (https://adr.github.io/madr/). */
export function adr(
  decision: Decision,
  others: readonly Decision[],
  { command, profile, region, date }: Cited,
): string {
  const { brief, options, pairs, musts, flips } = decision;
  return [
    `# ${brief.title}`,
    "",
    `Date: ${date}. Made by \`${command}\`. Figures are of the ${profile} profile and of ${region}, counted in the`,
    "embedded cloud or modelled from it; none was measured on AWS.",
    "",
    "## Context and problem",
    "",
    brief.context,
    "",
    "## Must-haves",
    "",
    ...table(
      ["must", ...Object.keys(musts)],
      (Object.values(musts)[0] ?? []).map(({ what }, index) => [
        what,
        ...Object.values(musts).map((own) => foundText(own[index]!)),
      ]),
    ),
    "",
    "## Considered options",
    "",
    ...(options.length > 0 ? options.map((option) => `- ${option}`) : ["- none passes every must-have"]),
    "",
    "## Decision",
    "",
    outcome(decision),
    ...pairs.flatMap((pair) => [
      "",
      `### ${pair.between.join(" against ")}`,
      "",
      ...pair.verdicts.map(
        (verdict) => `- ${sentence(verdict, pair.between, weightOf(brief.weights, verdict.driver))}`,
      ),
    ]),
    "",
    semantics,
    "",
    "### What makes it another choice",
    "",
    ...(flips.length > 0 ? flips.map((flip) => `- ${flipText(flip)}`) : ["- Nothing of what was tried, by itself."]),
    "",
    ...others.map((other) => `${alike(decision, other)}\n`),
    "## Consequences",
    "",
    ...consequences(decision),
    "",
    "## The reader's judgement",
    "",
    "No run measures this; it is in no figure above.",
    "",
    ...(brief.judgement.length > 0
      ? brief.judgement.map((line) => `- ${line}`)
      : judgements.map((each) => `- ${each}: (not written)`)),
    "",
    "## Validation and revisiting",
    "",
    `- Proved wrong by: ${brief.validation}`,
    `- Decide again: ${brief.revisit}`,
    "",
  ].join("\n");
}

const semantics =
  "Semantic coupling is in no driver: every option has the same steps in the same order, which no coordination takes " +
  "away. The others are of implementation (The Hard Parts, ch. 11).";

export function outcome({ options, choice, brief }: Pick<Decision, "options" | "choice" | "brief">): string {
  if (options.length === 0) return "No option passes every must-have: change one of them, or build another option.";
  if (choice === undefined) return "No decision within the thresholds: the weights leave the options level.";
  if (options.length === 1) return `**${choice}**: the only option that passes every must-have of "${brief.title}".`;
  return `**${choice}**: it wins against every other option that passes, by the weights of "${brief.title}".`;
}

/** One driver of a pair, with its metric, both values, and the command that gives them. */
function sentence({ driver, values, winner, why }: Verdict, between: readonly string[], weight: number): string {
  const { title, metric, unit, command, force } = driver;
  const figures = between.map((variant) => `${variant} ${spanText(values[variant])}`).join(", ");
  const verdict = winner === undefined ? `no one (${why})` : `${winner}, by ${threshold} times or more`;
  return `${force}: ${title} (${metric}, ${unit}): ${figures}: ${verdict}; counts ${weight} (\`${command}\`)`;
}

/** What makes the choice another, in a sentence. */
export const flipText = (flip: Flip): string => `${flipsWhere(flip)}: ${flip.choice ?? "no decision"}.`;

export const flipsWhere = ({ what, from, to }: Flip): string => {
  const was = from === undefined ? "" : ` from ${from.toLocaleString("en")}`;
  return `It flips where ${what} goes${was} to ${to.toLocaleString("en")}`;
};

/** Whether another brief leads to the same choice. */
export function alike({ choice }: Decision, other: Decision): string {
  const title = `The brief "${other.brief.title}"`;
  if (other.choice === choice) return `${title} leads to the same choice by the same evidence: ${choice ?? "none"}.`;
  return `${title} leads to another choice by the same evidence: ${other.choice ?? "none"}.`;
}

/** At least one bad consequence of whatever is chosen: what speaks against it. */
function consequences({ choice, pairs, brief }: Decision): string[] {
  if (choice === undefined) return ["- Bad, because nothing is decided: the next paragraph has to."];
  const own = pairs.filter(({ between }) => between.includes(choice));
  if (own.length === 0) return ["- Bad, because there was no other variant to compare it with."];
  const lines = own.flatMap(({ between, verdicts }) =>
    verdicts
      .filter(({ winner }) => winner !== undefined)
      .map((verdict) => {
        const [, ...saying] = sentence(verdict, between, weightOf(brief.weights, verdict.driver)).split(": ");
        return `- ${verdict.winner === choice ? "Good" : "Bad"}, because of ${saying.join(": ")}`;
      }),
  );
  const none = "- Bad, because no driver speaks against it here, which says more of the drivers than of the choice.";
  const bad = lines.filter((line) => line.startsWith("- Bad"));
  return [...lines.filter((line) => line.startsWith("- Good")), ...(bad.length > 0 ? bad : [none])];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? ["None."] : [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
