import type { Damage } from "../drills/drills.ts";
import type { DrillResult } from "../drills/result.ts";
import type { FiredFault } from "../faults/fired.ts";
import { counted } from "./words.ts";

/** A drill as whoever runs it reads it: what was broken, what was done, what came of it. */
export function renderDrill({ drill, variant, does, command, ...result }: DrillResult): string {
  const { faults, damage, stopped, done, end, unbroken, ranAgain, sideEffectsTwice, findings } = result;
  const again = Object.entries(ranAgain).map(([step, runs]) => `${step} ${times(runs)}`);
  const ranTwice = again.length > 0 ? `steps that found their work done: ${again.join(", ")}` : "no step ran again";
  const lines: [title: string, text: string][] = [
    ["broken", drill.breaks],
    ...faults.map((fault): [string, string] => ["", `by ${inWords(fault)}`]),
    ...(damage ? [["", `by ${changesIn(damage)}`] as [string, string]] : []),
    ["found", `the order in ${stopped.end}, nobody going on with it, ${counted(stopped.deadLetters, "dead letter")}`],
    ["remedy", `${drill.remedy}: ${does}`],
    ...done.map((line, index): [string, string] => [index === 0 ? "done" : "", line]),
    ["came of it", end === unbroken ? `${end}, as where nothing was broken` : `${end}, and not ${unbroken}`],
    ["ran twice", `${ranTwice}; ${counted(sideEffectsTwice, "side effect")}`],
    ...findings.map((what): [string, string] => ["WRONG", what]),
    ["deployed", command],
  ];
  return [`${drill.name}, ${variant}`, ...lines.map(([title, text]) => `  ${title.padEnd(11)}${text}`), ""].join("\n");
}

function inWords({ kind, dependency, step, fired, ...when }: FiredFault): string {
  const at = "from" in when ? `from ${when.from} to ${when.until} s` : `on ${triesOf(when.attempts)}`;
  const struck = Object.values(fired).map(times).join(", ");
  return `${kind} of ${dependency}${step ? ` at ${step}` : ""} ${at}, which struck ${struck}`;
}

const changesIn = ({ noTableIn, isUnheard }: Damage): string =>
  `a table that is not there, told to the function of ${noTableIn}` +
  (isUnheard ? `, and by the rule ${noTableIn}Exhausted, which was off` : "");

const times = (count: number | string): string => (count === 1 ? "once" : `${count} times`);

const triesOf = (attempts: readonly number[] | "every"): string =>
  attempts === "every" ? "every try" : `${attempts.length > 1 ? "tries" : "try"} ${attempts.join(", ")}`;
