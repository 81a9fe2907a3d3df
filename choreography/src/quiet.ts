import { isEventName, retryBudgets } from "@ovsc/shared";
import type { StepLog } from "@ovsc/shared/variant";
import { rules } from "./rules.ts";

// The same in every profile.
const tries = 1 + retryBudgets.equal.functionError.lambda.maximumRetryAttempts;
const facts = new Set(rules.flatMap((rule) => ("on" in rule ? [rule.on as string] : [])));

/**
 * True when, by its logs, nothing is on its way for an order in the choreography: each event that wakes a step has
 * woken
 * it, each try has ended, and each step that failed on its last try has woken its undo.
 * @param placed how often the order was submitted
 */
export function isQuiet(logs: readonly StepLog[], placed: number): boolean {
  const started = logs.filter(({ message }) => message === "step started");
  const published = logs.filter(({ message }) => facts.has(message));
  if (started.filter(({ event }) => event === "OrderPlaced").length < placed) return false;
  for (const fact of new Set(published.map(({ message }) => message))) {
    const woken = started.filter(({ event, step }) => event === fact && !undoOf(step, event));
    const heard = new Set(woken.map(({ causationId }) => causationId)).size;
    if (heard < published.filter(({ message }) => message === fact).length) return false;
  }
  return Object.values(Object.groupBy(logs, ({ step, causationId }) => `${step} ${causationId}`)).every((work = []) =>
    isDone(work, started),
  );
}

/** A try that was killed logs a start and no end. What counts is whether another follows it. */
function isDone(work: readonly StepLog[], started: readonly StepLog[]): boolean {
  const begun = work.filter(({ message }) => message === "step started").length;
  const succeeded = work.some(({ message }) => message !== "step started" && message !== "step failed");
  if (succeeded) return work.at(-1)!.message !== "step started";
  return begun >= tries && hasWokenUndo(work[0]!, started);
}

/** The events the steps published, by their logs, and what Lambda told the bus for them when a last try failed. */
export function publishedEvents(logs: readonly StepLog[]): string[] {
  const said = logs.map(({ message }) => message).filter(isEventName);
  const work = Object.values(Object.groupBy(logs, ({ step, causationId }) => `${step} ${causationId}`));
  const exhausted = work.filter(
    (lines = []) =>
      lines.filter(({ message }) => message === "step started").length >= tries &&
      lines.every(({ message }) => message.startsWith("step ")),
  );
  return [...said, ...exhausted.map((lines) => `${lines![0]!.step} exhausted`)];
}

/** True for a step that an event reached because another step failed on it. */
const undoOf = (step: string, event: string | undefined): boolean =>
  !rules.some((rule) => "on" in rule && rule.on === event && rule.wakes === step);

function hasWokenUndo({ step, causationId }: StepLog, started: readonly StepLog[]): boolean {
  const undo = rules.find((rule) => "onExhausted" in rule && rule.onExhausted === step)?.wakes;
  return undo === undefined || started.some((log) => log.step === undo && log.causationId === causationId);
}
