import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type DecisionFile, decisionFile, type RunResults } from "@ovsc/scripts/found";
import type { Check, Look, Misconception } from "../../src/check/check.ts";
import { projectRoot } from "../../src/lab/states.ts";
import { lastFound } from "../../src/progress/found.ts";
import { counted, decided, type Metric } from "./cited.ts";
import { type DecisionRecord, headings, readRecord } from "./record.ts";

type Brief = DecisionFile["brief"];

const json = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const given = ["marketplace", "insured-payments"].map(
  (name) => json(join(projectRoot, `scripts/briefs/${name}.json`)) as Brief,
);
/** Of the labs before, where their learner has no run of his own. */
const reference = join(projectRoot, "scripts/test/recorded/results.json");

function briefIn(copy: string): Brief | Error {
  try {
    return json(join(copy, "papers/brief.json")) as Brief;
  } catch (error) {
    return error as Error;
  }
}

function recordIn(copy: string): DecisionRecord {
  const file = join(copy, "papers/decision.md");
  return readRecord(existsSync(file) ? readFileSync(file, "utf8") : "");
}

const decisionIn = (copy: string): DecisionFile => lastFound(copy, decisionFile) as DecisionFile;
const changed = (own: object, other: object): boolean => !isDeepStrictEqual(own, other);

function metricsIn(copy: string): readonly Metric[] {
  const decision = decisionIn(copy);
  const own = join(copy, "own/results.json");
  const last = existsSync(own) ? (json(own) as RunResults) : undefined;
  // The last run may have been of other variants.
  const isOwn = Object.keys(last?.results[0]?.variants ?? {}).includes(decision.choice!);
  const results = isOwn ? last! : (json(reference) as RunResults);
  return [...decided(decision), ...counted(decision.choice!, results, !isOwn)];
}

/** A metric is cited in brackets, as the run prints it, or as code. */
const citedIn = (point: string, metrics: readonly Metric[]): Metric[] =>
  metrics.filter(({ id }) => new RegExp(`[(\`,] *${id.replaceAll(".", "\\.")} *[)\`,]`).test(point));

const brief: Look = {
  task: "brief",
  broken(copy) {
    const decision = lastFound(copy, decisionFile) as DecisionFile | undefined;
    if (!decision) return "there is no decision of your copy yet: it is made by a run";
    const own = briefIn(copy);
    if (own instanceof Error) return `your brief cannot be read: ${own.message}`;
    const start = given.find(({ title }) => title === own.title) ?? given[0]!;
    if (!changed(own.must, start.must)) return "every must-have of your brief is as you were given it";
    if (!changed(own.weights, start.weights)) return "every weight of your brief is as you were given it";
    const isOfIt = !changed(own.must, decision.brief.must) && !changed(own.weights, decision.brief.weights);
    if (!isOfIt) return "your brief was changed, and what was decided last is another";
    return decision.choice === undefined
      ? "your brief decides nothing: its weights leave the options level"
      : undefined;
  },
};

function signOf(point: string): "isGood" | "isBad" | undefined {
  if (point.startsWith("Good, because ")) return "isGood";
  return point.startsWith("Bad, because ") ? "isBad" : undefined;
}

/** What is wrong with one reason. */
function wrongWith(point: string, metrics: readonly Metric[], choice: string): string | undefined {
  const sign = signOf(point);
  if (!sign) return `a reason begins with "Good, because" or "Bad, because", and this one does not: ${point}`;
  const cited = citedIn(point, metrics);
  if (cited.length === 0) return `this reason cites no metric of a run: ${point}`;
  const unmarked = cited.find(({ isReference }) => isReference);
  if (unmarked && !point.includes("(reference)"))
    return `you have no run of your own for ${unmarked.id}: mark what is cited of another's by (reference)`;
  const turned = cited.find((metric) => !metric[sign]);
  if (!turned) return undefined;
  const says = turned.isGood || turned.isBad ? "the run says otherwise" : "the run calls it a tie";
  return `${turned.id} is no such reason for ${choice}, ${says}: ${turned.figures}`;
}

const reasons: Look = {
  task: "reasons",
  broken(copy) {
    const { choice } = decisionIn(copy);
    const record = recordIn(copy);
    if (record.choice !== choice) return `your record chooses ${record.choice ?? "nothing"}, and your run ${choice}`;
    const points = record.under(headings.reasons);
    const metrics = metricsIn(copy);
    const wrong = points.map((point) => wrongWith(point, metrics, choice!)).find((each) => each !== undefined);
    if (wrong !== undefined) return wrong;
    if (!points.some((point) => signOf(point) === "isGood")) return "nothing speaks for your choice yet";
    return points.some((point) => signOf(point) === "isBad") ? undefined : "nothing speaks against your choice yet";
  },
  misconceptions: [
    {
      name: "good-alone",
      hint: "A decision without a price was none. What does the other one do better, by your own run?",
      shows: (copy) =>
        recordIn(copy)
          .under(headings.reasons)
          .every((point) => signOf(point) === "isGood"),
    },
    {
      name: "turned-round",
      hint:
        "The metric is right, and it says the opposite. A record that bends a figure is found out by the first " +
        "reader who runs the command.",
      shows: (copy) =>
        recordIn(copy)
          .under(headings.reasons)
          .some((point) => isTurned(point, metricsIn(copy))),
    },
    {
      name: "from-a-talk",
      hint:
        "Whoever disagrees must be able to find the figure again. Which command shows it, and what is it " +
        "called there?",
      shows: (copy) =>
        recordIn(copy)
          .under(headings.reasons)
          .some((point) => citedIn(point, metricsIn(copy)).length === 0),
    },
  ],
};

const isTurned = (point: string, metrics: readonly Metric[]): boolean =>
  citedIn(point, metrics).some(({ isGood, isBad }) =>
    signOf(point) === "isGood" ? isBad && !isGood : isGood && !isBad,
  );

/** Whether a text has a figure, as a person or a program writes it. */
const hasFigure = (text: string, figure: number): boolean =>
  text.split(/[\s:;]+/).some((word) => Number(word.replaceAll(",", "").replace(/\.$/, "")) === figure);

const flip: Look = {
  task: "flip",
  broken(copy) {
    const points = recordIn(copy).under(headings.flip);
    const { flips } = decisionIn(copy);
    if (points.length === 0) return "your record names nothing that would make it another";
    if (flips.length === 0)
      return points.some((point) => /nothing/i.test(point)) ? undefined : "nothing that was tried makes it another";
    const isFound = points.some((point) => flips.some(({ what, to }) => point.includes(what) && hasFigure(point, to)));
    return isFound ? undefined : `your run found no such change; it found ${flips.length} others, each with its figure`;
  },
};

/** So short a line names nothing. */
const fewestWords = 5;
const saysSomething = (point: string): boolean => point.split(" ").length >= fewestWords;

const force: Look = {
  task: "force",
  broken(copy) {
    const own = recordIn(copy)
      .under(headings.force)
      .filter((point) => !given.some(({ judgement }) => judgement.includes(point)));
    if (!own.some(saysSomething)) return "your record names no force of your own that no run measures";
    const [measured] = own.flatMap((point) => citedIn(point, metricsIn(copy)));
    return measured && `${measured.id} is measured: a force that no run measures is something else`;
  },
};

const noFigure: Misconception<string> = {
  name: "when-we-grow",
  hint: "Everybody agrees with it, and nobody will ever notice that it has come. By what number would you know?",
  shows: (copy) =>
    !recordIn(copy)
      .under(headings.again)
      .some((point) => /\d/.test(point)),
};

const proof: Look = {
  task: "proof",
  broken(copy) {
    const record = recordIn(copy);
    const wrong = record.under(headings.wrong).filter((point) => !given.some((each) => each.validation === point));
    if (!wrong.some((point) => saysSomething(point) && /\d|`/.test(point)))
      return "your record names no test of its own that would prove it wrong: what is measured, by what, against what";
    const hasNumber = record.under(headings.again).some((point) => /\d/.test(point));
    return hasNumber ? undefined : "your record does not say at which number it is decided again";
  },
  misconceptions: [noFigure],
};

export const check: Check = {
  looks: [brief, reasons, flip, force, proof],
  stories: [],
  claims: [],
  truths: {
    choice: (_ran, copy) => decisionIn(copy).choice ?? "to neither: the options are level",
    flip: (_ran, copy) =>
      decisionIn(copy)
        .flips.map(({ what, to }) => `${what} to ${to}`)
        .join(", or ") || "nothing that was tried",
  },
  misconceptions: [],
};
