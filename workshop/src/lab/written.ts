import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOf } from "../check/check-copy.ts";
import type { LabStory } from "../check/check.ts";
import { tellFootprint } from "../check/tell.ts";
import { difference, footprint } from "../source/patch.ts";
import { variants as pair } from "../source/tree.ts";
import { commandsIn } from "./commands-in.ts";
import { hintsIn, rungs } from "./hints.ts";
import type { Lab } from "./lab.ts";
import { wrongAnswers } from "./labs.ts";
import { projectRoot, type States, statesOf } from "./states.ts";

/** A lab as it is written: its texts, its data, and what its check knows. */
export interface Written extends Pick<Lab, "slug" | "minutes" | "edits" | "tasks" | "predict" | "questions">, States {
  /** `README.md`, `hints.md`, `instructor.md`. */
  readonly text: string;
  readonly hints: string;
  readonly instructor: string;
  /** What a check prints of the solution. */
  readonly printed: readonly string[];
  /** `check.ts`: it prints sentences of its own. */
  readonly check: string;
  /** The names in `wrong/`. */
  readonly wrong: readonly string[];
  /** What its check names: wrong answers, tasks, and predictions whose truth it knows. */
  readonly told: readonly string[];
  readonly claimed: readonly string[];
  readonly truths: readonly string[];
}

export async function writtenOf(lab: Lab): Promise<Written> {
  const [text, hints, instructor, check] = ["README.md", "hints.md", "instructor.md", "check.ts"].map((name) =>
    readFileSync(join(lab.folder, name), "utf8"),
  ) as [string, string, string, string];
  const { claims, looks = [], misconceptions, truths = {}, stories } = await checkOf(lab);
  const told = [...misconceptions, ...looks.flatMap((look) => look.misconceptions ?? [])].map(({ name }) => name);
  const claimed = [...claims, ...looks].map(({ task }) => task);
  const known = { wrong: wrongAnswers(lab), told, claimed, truths: Object.keys(truths) };
  const states = statesOf(lab);
  const variants = lab.variants ?? pair;
  const printed = [
    `passed in ${variants.length * livedIn(stories, lab)} stories, ${variants.join(" and ")}`,
    `your change: ${tellFootprint(difference(states.start, states.solution))}`,
  ];
  return { ...lab, ...states, ...known, text, hints, instructor, check, printed };
}

/** How many stories are lived in a variant: each as things come by themselves, and most by every seed. */
const livedIn = (stories: readonly LabStory[], { seeds }: Pick<Lab, "seeds">): number =>
  stories.reduce((sum, { mends }) => sum + (mends ? 1 : 1 + seeds.all), 0);

/** What is wrong with a lab as it is written: a sentence each, which says where. Nothing of it is run. */
export const faultsIn = (written: Written): string[] => rules.flatMap((rule) => rule(written));

type Rule = (written: Written) => string[];

/** What a reference change may be, on each side. */
const most = { lines: 30, files: 3 };
/** The parts of a lab's text, in their order. */
const parts = ["Predict", "Run", "Investigate", "Change", "Break again"];

const minutesAddUp: Rule = ({ slug, minutes, text }) => {
  const planned = [...text.matchAll(/^## .* \((\d+) min\)$/gm)].reduce((sum, [, each]) => sum + Number(each), 0);
  return planned === minutes ? [] : [`${slug}/README.md: its parts take ${planned} minutes, and lab.json ${minutes}`];
};

const hasItsParts: Rule = ({ slug, text }) => {
  const headings = [...text.matchAll(/^## ([A-Z][a-z ]+?)(?: \(|$)/gm)].map(([, word]) => word);
  const missing = parts.find((part, index) => headings[index] !== part);
  if (missing !== undefined) return [`${slug}/README.md: ${missing} is not part ${parts.indexOf(missing) + 1}`];
  return headings.at(-1) === "Not about" ? [] : [`${slug}/README.md: does not end with what it is not about`];
};

const hasItsHints: Rule = ({ slug, hints, tasks }) => {
  const known = hintsIn(hints);
  const names = tasks.map(({ name }) => name);
  if (names.join() !== Object.keys(known).join())
    return [`${slug}/hints.md: is about ${Object.keys(known).join(", ")}, and the tasks are ${names.join(", ")}`];
  return Object.entries(known).flatMap(([task, lines]) => [
    ...(lines.length === rungs ? [] : [`${slug}/hints.md: ${task} has ${lines.length} hints instead of ${rungs}`]),
    ...lines.flatMap((line, index) =>
      line.length < 20 ? [`${slug}/hints.md: hint ${index + 1} of ${task} is empty, or nearly`] : [],
    ),
  ]);
};

const isSmall: Rule = ({ slug, start, solution }) =>
  Object.entries(footprint(difference(start, solution))).flatMap(([side, { files, lines }]) => [
    ...(files > most.files ? [`${slug}: its change is in ${files} files of ${side}, and ${most.files} are the most`] : []),
    ...(lines > most.lines ? [`${slug}: its change is ${lines} lines in ${side}, and ${most.lines} are the most`] : []),
  ]);

const editsWhatItSays: Rule = ({ slug, start, solution, edits }) => {
  const files = new Set([...start.keys(), ...solution.keys()]);
  const changed = [...files].filter((file) => solution.get(file) !== start.get(file)).toSorted();
  if (changed.join() === edits.toSorted().join()) return [];
  return [`${slug}/lab.json: edits ${edits.join(", ")}, and its change is in ${changed.join(", ")}`];
};

const knowsItsWrongAnswers: Rule = ({ slug, wrong, told, instructor }) => [
  ...wrong.filter((name) => !told.includes(name)).map((name) => `${slug}/check.ts: has no hint for wrong/${name}`),
  ...told.filter((name) => !wrong.includes(name)).map((name) => `${slug}: wrong/${name}.patch is not there`),
  ...told.filter((name) => !instructor.includes(name)).map((name) => `${slug}/instructor.md: does not tell of ${name}`),
];

const claimsItsTasks: Rule = ({ slug, claimed, tasks }) =>
  [...new Set(claimed)]
    .filter((task) => !tasks.some(({ name }) => name === task))
    .map((task) => `${slug}/check.ts: claims something for ${task}, which is no task of lab.json`);

const knowsWhatWasPredicted: Rule = ({ slug, predict, truths }) =>
  predict
    .filter(({ name }) => !truths.includes(name))
    .map(({ name }) => `${slug}/check.ts: does not say what became of the prediction ${name}`);

const hasCommandsThatThereAre: Rule = ({ slug, text }) =>
  commandsIn(text)
    .filter(([word, second, third = "list"]) => word !== "lab" || (second === "run" && !isCommand(third)))
    .map((words) => `${slug}/README.md: there is no command pnpm ${words.join(" ")}`);

const isCommand = (word: string): boolean => existsSync(join(projectRoot, "scripts/src/usage", `${word}.ts`));

const tellsAnInstructor: Rule = ({ slug, minutes, instructor }) => {
  const marks = [...instructor.matchAll(/^\| (\d+) \|/gm)].map(([, minute]) => Number(minute));
  const isInTime = marks.every((mark, index) => mark >= (marks[index - 1] ?? 0) && mark <= minutes);
  const asked: readonly [what: string, isThere: boolean][] = [
    ["has not three minute marks or more", marks.length >= 3],
    [`has minute marks that do not go up to ${minutes} at the most`, isInTime],
    ["has not two questions to ask aloud", /\*\*Ask aloud\*\*\n1\. .+\n2\. .+/.test(instructor)],
    ["does not say what is on the screen", instructor.includes("**On the screen**")],
    ["does not say what to skip", instructor.includes("**If late, skip**")],
  ];
  return asked.filter(([, isThere]) => !isThere).map(([what]) => `${slug}/instructor.md: ${what}`);
};

/** Code in a sentence is cut out of the start, the solution or the check, with `…` for what is left out. */
const quotesTheCode: Rule = ({ slug, start, solution, ...texts }) => {
  const source = squeezed([...start, ...solution, texts.check].flat().join("\n"));
  return (["text", "hints", "instructor"] as const).flatMap((name) =>
    [...texts[name].replaceAll(/^```[^]*?^```$/gm, "").matchAll(/`([^`]+)`/g)]
      .map(([, code = ""]) => code)
      .filter((code) => !isOfTheCourse(code, texts))
      .filter((code) => !code.split("…").every((part) => source.includes(squeezed(part))))
      .map((code) => `${slug}/${files[name]}: nothing has ${code}`),
  );
};

const files = { text: "README.md", hints: "hints.md", instructor: "instructor.md" };

/** Layout apart: code is quoted in one line. */
const squeezed = (code: string): string =>
  code
    .replace(/^lab\//, "")
    .replaceAll(/\s+/g, "")
    .replaceAll(/,(?=[)\]}]|$)/g, "");

/** A command, a flag or a name of the project's own commands, what they print, or a file beside the sources. */
function isOfTheCourse(code: string, { predict, questions, printed }: Quoting): boolean {
  const [word, lab, second = "", name = ""] = code.split(" ");
  if (word === "pnpm" && lab === "lab") {
    const named = { predict, answer: questions }[second];
    return named === undefined ? second !== "run" || name === "" || isCommand(name) : isIn(named, name);
  }
  return (
    printed.includes(code) ||
    code.startsWith("npx -y pnpm@12") ||
    /^lab\/(out\/|backups\/|notes\.md$)/.test(code) ||
    existsSync(join(projectRoot, code)) ||
    (/^[\w-]+$/.test(code) && (ofCommands ??= sourceOfCommands()).includes(code))
  );
}

type Quoting = Pick<Written, "predict" | "questions" | "printed">;

let ofCommands: string | undefined;
/** Where scenarios, drills, metrics and flags have their names. */
const sourceOfCommands = (): string =>
  globSync("scripts/src/**/*.ts", { cwd: projectRoot })
    .map((file) => readFileSync(join(projectRoot, file), "utf8"))
    .join();

const isIn = (named: readonly { readonly name: string }[], word: string): boolean =>
  named.some(({ name }) => name === word);

const rules: readonly Rule[] = [
  minutesAddUp,
  hasItsParts,
  hasItsHints,
  isSmall,
  editsWhatItSays,
  knowsItsWrongAnswers,
  claimsItsTasks,
  knowsWhatWasPredicted,
  hasCommandsThatThereAre,
  tellsAnInstructor,
  quotesTheCode,
];
