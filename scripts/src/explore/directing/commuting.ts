import { type Call, isWrite, touchedBy, touchTheSame } from "./items.ts";

/** A call that could be next, and its invocation: those that go on alike have the same text. */
export interface Turn {
  readonly call: Call;
  readonly invocation: string;
}

/**
 * Of turns that could be next, those of which another run shows what comes of them: their invocation is asleep, or goes
 * on as one before it does.
 */
export const redundant = (turns: readonly Turn[], asleep: readonly string[]): boolean[] =>
  turns.map(
    ({ call, invocation }, index) =>
      !call.late && (asleep.includes(invocation) || turns.findIndex((each) => each.invocation === invocation) < index),
  );

/**
 * Which invocations sleep once a call was next (sleep sets, by Patrice Godefroid): in other runs they went on first,
 * and it makes no difference as long as no call meets theirs.
 * @param could have been next instead, and were in other runs
 * @param others that wait
 */
export function sleepers(
  next: Call,
  { could, others, asleep }: { could: readonly Turn[]; others: readonly Turn[]; asleep: readonly string[] },
): string[] {
  const mayRest = [...could, ...others.filter(({ invocation }) => asleep.includes(invocation))];
  const rest = mayRest.filter(({ call }) => !call.late && call !== next && !depend(call, next));
  return [...new Set(rest.map(({ invocation }) => invocation))].toSorted();
}

/** Whether it may matter which of two calls comes first. Calls of other services than the table are not told apart. */
function depend(call: Call, other: Call): boolean {
  if (touchedBy(call).length === 0 && touchedBy(other).length === 0) return true;
  return touchTheSame(call, other) && (isWrite(call) || isWrite(other));
}
