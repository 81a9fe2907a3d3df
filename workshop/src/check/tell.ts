import { counted } from "@ovsc/scripts";
import { bugs } from "../lab/labs.ts";
import { minutesLeft, type Place } from "../progress/progress.ts";
import { footprint } from "../source/patch.ts";
import { variants as pair } from "../source/tree.ts";
import type { Judged } from "./ask.ts";
import type { Standing } from "./judge-place.ts";
import type { Missing } from "./verdict.ts";

/** A standing for a person: the first failure alone, in plain words, and one command. */
export function tell(place: Place, standing: Standing): string {
  const { what, next } = inWords(place, standing);
  return `${headOf(place)}\n${indented(what)}\nnext: ${next}\n`;
}

/** Where the learner is, in a line: the lab, and how much of its time is left. */
export function headOf({ lab, passage }: Place): string {
  const left = minutesLeft(lab, passage);
  const time = left > 0 ? `${left} of ${lab.minutes} minutes left` : `${-left} minutes over its ${lab.minutes}`;
  return `${lab.number} ${lab.title} · ${time}`;
}

interface Words {
  readonly what: string;
  readonly next: string;
}

function inWords(place: Place, standing: Standing): Words {
  switch (standing.kind) {
    case "no code":
      return { what: standing.error, next: `mend ${standing.error.split("(")[0]} and save` };
    case "not run":
      return { what: `the ${standing.variant} could not be run: ${firstLines(standing.why)}`, next: "pnpm lab diff" };
    case "missing":
      return { what: [standing.what, ...hintOf(standing)].join("\n"), next: "pnpm lab hint" };
    case "broken":
      return { what: whatBroke(standing.first), next: "pnpm lab hint" };
    case "question":
      return {
        what: [
          ...standing.told,
          standing.question,
          ...(standing.given === undefined ? [] : [`not ${standing.given}: look again`]),
        ].join("\n"),
        next: `pnpm lab answer ${standing.name} …`,
      };
    case "passed":
      return {
        what: [...passed(standing, place), ...standing.told, ...timesOf(place)].join("\n"),
        next: "pnpm lab next",
      };
  }
}

function whatBroke({ variant, batch, seed, broken }: Judged & Required<Pick<Judged, "broken">>): string {
  const { seen } = broken;
  const where = `${variant === "both" ? "choreography and orchestration" : variant}, scenario ${batch.name}`;
  const order = seed === 0 ? "in order" : `seed ${seed}`;
  return [`not yet: ${where}, ${order}`, `  ${seen}`, ...hintOf(broken)].join("\n");
}

/** Of the known wrong answer that it looks like. */
const hintOf = ({ misconception }: Partial<Pick<Missing, "misconception">>): string[] =>
  misconception ? [`  ${misconception.hint}`] : [];

function passed(
  { stories, predictions }: Extract<Standing, { kind: "passed" }>,
  { lab: { variants } }: Place,
): string[] {
  const lived = stories > 0 ? ` in ${stories} stories, ${(variants ?? pair).join(" and ")}` : "";
  const shown = predictions.flatMap(({ question, predicted, happened }) => [
    question,
    `  you predicted: ${predicted}`,
    `  it was:        ${happened}`,
  ]);
  return [`passed${lived}`, ...shown];
}

/** How long a planted bug took in each style that it was found in. */
function timesOf({ lab: { bug }, progress }: Place): string[] {
  return bugs
    .filter((each) => bug !== undefined && each.bug?.number === bug.number)
    .flatMap(({ slug, bug: { style } = { style: "" } }) => {
      const { startedAt, passedAt } = progress.labs[slug] ?? {};
      if (startedAt === undefined || passedAt === undefined) return [];
      const minutes = Math.ceil((Date.parse(passedAt) - Date.parse(startedAt)) / 60_000);
      return [`in the ${style} it took ${counted(minutes, "minute")}`];
    });
}

/** How much a change is, side by side. */
export function tellFootprint(diff: string): string {
  const sides = Object.entries(footprint(diff));
  if (sides.length === 0) return "nothing changed";
  return sides
    .map(([side, { files, lines }]) => `${side} ${counted(lines, "line")} in ${counted(files, "file")}`)
    .join(", ");
}

const indented = (text: string): string => text.replaceAll(/^/gm, "  ");

/** A stack is for whoever made the program; its first lines say what and where. */
const firstLines = (text: string): string => text.split("\n").slice(0, 2).join(" ");
