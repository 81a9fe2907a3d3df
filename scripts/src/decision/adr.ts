import type { Decision } from "./decide.ts";
import { judgements } from "./drivers.ts";
import { spanText } from "./span.ts";
import { threshold, type Verdict, weightOf } from "./weigh.ts";

/** Where the figures of a record come from. */
export interface Cited {
  readonly command: string;
  readonly profile: string;
  /** ISO 8601 date. */
  readonly date: string;
}

/** A decision record that another team can attack, in the form of MADR (https://adr.github.io/madr/). */
export function adr(decision: Decision, { command, profile, date }: Cited): string {
  const { brief, options, choice, pairs, musts } = decision;
  const against = choice === undefined ? undefined : pairs.find(({ between }) => between.includes(choice));
  return [
    `# ${brief.title}`,
    "",
    `Date: ${date}. Made by \`${command}\`. Figures are of the ${profile} profile, counted in the embedded cloud or`,
    "modelled from it; none was measured on AWS.",
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
        ...Object.values(musts).map((own) => `${own[index]!.passed ? "pass" : "fail"}: ${own[index]!.found}`),
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
      "",
      ...(pair.flips.length > 0
        ? pair.flips.map(
            ({ driver, from, weight, winner }) =>
              `- It flips where the weight of ${driver} goes from ${from} to ${weight}: ${winner ?? "no decision"}.`,
          )
        : ["- No single weight between 0 and 10 flips it."]),
    ]),
    "",
    "## Consequences",
    "",
    ...consequences(choice, against),
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

/** At least one bad consequence of whatever is chosen: what speaks against it. */
function consequences(choice: string | undefined, pair: Decision["pairs"][number] | undefined): string[] {
  if (choice === undefined) return ["- Bad, because nothing is decided: the next paragraph has to."];
  if (!pair) return ["- Bad, because there was no other variant to compare it with."];
  const line = (verdict: Verdict, word: string) => {
    const [, , ...figures] = sentence(verdict, pair.between, 1).split(": ");
    return `- ${word}, because of ${verdict.driver.title}: ${figures.join(": ")}`;
  };
  const good = pair.verdicts.filter(({ winner }) => winner === choice).map((verdict) => line(verdict, "Good"));
  const bad = pair.verdicts
    .filter(({ winner }) => winner !== undefined && winner !== choice)
    .map((verdict) => line(verdict, "Bad"));
  const none = "- Bad, because no driver speaks against it here, which says more of the drivers than of the choice.";
  return [...good, ...(bad.length > 0 ? bad : [none])];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? ["None."] : [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
