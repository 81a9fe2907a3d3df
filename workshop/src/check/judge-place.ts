import { exit, Failure } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import type { Lab } from "../lab/lab.ts";
import { firstRun, ownRun } from "../progress/own-run.ts";
import { keep, type Place } from "../progress/progress.ts";
import { checkCopy, checkOf, livedCopy } from "./check-copy.ts";
import type { Answer, Check, Truth } from "./check.ts";
import type { Compiler } from "./compiler.ts";
import type { Verdict } from "./verdict.ts";

/** A prediction of the learner, beside what really happened. */
interface Predicted {
  readonly question: string;
  readonly predicted: string;
  readonly happened: string;
}

/** What is open in a lab: what the check says, then the first question without the right answer. */
export type Standing =
  | Exclude<Verdict, { kind: "passed" }>
  | (Passed & { readonly predictions: readonly Predicted[] })
  | {
      readonly kind: "question";
      readonly name: string;
      readonly question: string;
      readonly given?: string;
      /** What the check saw of it. */
      readonly told: readonly string[];
    };

interface JudgeOptions {
  /** Of the learner's copy. */
  readonly compiler: Compiler;
  /** Hears that nothing is wrong by the first seeds, and how many more follow. */
  readonly soFar: (first: number, more: number) => void;
  readonly signal?: AbortSignal;
}

/** Checks the learner's copy by a few seeds, then his answers, then by all seeds; and keeps where he is. */
export async function judgePlace(place: Place, { compiler, soFar, signal }: JudgeOptions): Promise<Standing> {
  const { lab } = place;
  const { first, all } = lab.seeds;
  const asked = { lab, copy: learnersCopy, ...(signal && { signal }) };
  let verdict: Verdict = await checkCopy({ ...asked, compiler, seeds: first });
  const question = verdict.kind === "passed" ? await openQuestion(place, verdict) : undefined;
  if (verdict.kind === "passed" && !question && first < all && !signal?.aborted) {
    soFar(first, all - first);
    verdict = await livedCopy({ ...asked, seeds: all });
  }
  const passed = verdict.kind === "passed" && !question;
  const standing =
    question ?? (verdict.kind === "passed" ? { ...verdict, predictions: await predictionsOf(place) } : verdict);
  if (signal?.aborted) return standing;
  const task = taskOf(standing);
  keep(learnersCopy, place, {
    ...(task !== undefined && { stuckAt: task }),
    ...(passed && { passedAt: new Date().toISOString() }),
  });
  return standing;
}

async function predictionsOf({ lab, passage }: Place): Promise<Predicted[]> {
  const { truths = {} } = await checkOf(lab);
  return lab.predict.flatMap(({ name, question }) => {
    const predicted = passage.predictions[name];
    if (predicted === undefined) return [];
    return [{ question, predicted, happened: happened(lab, truths[name]) }];
  });
}

function happened(lab: Lab, truth: Truth | undefined): string {
  try {
    return truth?.(() => firstRun(learnersCopy, lab), learnersCopy) ?? "nobody can say";
  } catch (error) {
    if (error instanceof Failure) return "you did not run it: see Run in the text";
    throw error;
  }
}

function taskOf(standing: Standing): string | undefined {
  if (standing.kind === "broken") return standing.first.broken.task;
  return standing.kind === "missing" ? standing.task : undefined;
}

type Passed = Extract<Verdict, { kind: "passed" }>;

async function openQuestion({ lab, passage }: Place, { shown, told }: Passed): Promise<Standing | undefined> {
  const check = await checkOf(lab);
  for (const { name, question } of lab.questions) {
    const given = passage.answers[name];
    const asked = { kind: "question", name, question, told: name in shown ? told : [] } as const;
    if (given === undefined) return asked;
    if (!isRight(given, rightAnswer({ lab, check, name, copy: learnersCopy, shown }))) return { ...asked, given };
  }
  return undefined;
}

interface Question extends Pick<Passed, "shown"> {
  readonly lab: Lab;
  readonly check: Check;
  /** Of the question. */
  readonly name: string;
  readonly copy: string;
}

/** The right answer to a question, by the stories or by the learner's own run. @throws Failure where nobody knows it */
export function rightAnswer({ lab, check: { answers = {} }, name, copy, shown }: Question): Answer {
  const right = shown[name] ?? answers[name]?.(() => ownRun(copy), copy);
  if (right !== undefined) return right;
  throw new Failure(`${lab.slug} asks ${name} and knows no answer`, { exitCode: exit.unknown });
}

/** @param given in the words of the learner: figures may have a unit, thousands a comma */
export function isRight(given: string, answer: Answer): boolean {
  if (typeof answer !== "object") return normal(given) === normal(String(answer));
  const figure = Number.parseFloat(given.replaceAll(/[,$\s]/g, ""));
  return Math.abs(figure - answer.about) <= answer.within * Math.abs(answer.about);
}

const normal = (answer: string): string =>
  answer
    .trim()
    .toLowerCase()
    .replaceAll(/[\s,]+/g, " ");
