import { add, type Count, msOf, nothing, pausesMs } from "./count.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, settle, tell } from "./takes.ts";
import { endAfter, ends, linesOf, needsAttention, reachedBy } from "./task.ts";
import type { Try, Why } from "./tries.ts";

/** After it has said what it waits for, the SDK stays for further news: `CHECKPOINT_TERMINATION_COOLDOWN_MS`. */
const stayMs = 20;

/**
 * Each placing is an execution of the workflow, which runs before, between and after all that it waits for: it says by
 * one call what it waits for next, and ends. It waits for each try of a step, and for the pause before another.
 */
export function inDurable(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const { orderId, placementId, visits, isSecond } of placings) {
    count.placings += 1;
    add(count, [isSecond ? documentAgain : document]);
    // An execution of that name and payload is there already: it is the same.
    if (isSecond) continue;
    const execution = { operations: 1, writtenBytes: 0, ranMs: 0 };
    count.durable.push(execution);
    const writes = (value: unknown) => (execution.writtenBytes += JSON.stringify(value).length);
    const waitsForNext = () => {
      execution.operations += 1;
      count.functionMs.push(msOf(add(count, [tell])) + stayMs);
    };
    const ids = { orderId, placementId };
    let reached = "PENDING";
    let failure: { Error: string; Cause: string } | undefined;
    writes(ids);
    for (const tries of visits) {
      execution.ranMs += pausesMs(tries.length);
      for (const [index, each] of tries.entries()) {
        // A pause writes nothing.
        if (index > 0) waitsForNext();
        waitsForNext();
        writes({ ...ids, ...(failure && { failure }) });
        count.functionLogBytes += linesOf(each, { step: each.step, correlationId: orderId, ...aboutOf(placementId) });
        count.functionMs.push(msOf(add(count, [...each.takes, ...(each.reaches?.isSettled ? [settle] : [])])));
        reached = reachedBy(each, reached);
        writes(answerOf(each, ids, reached));
      }
      const last = tries.at(-1)!;
      const why = last.failure ?? last.refusal;
      if (why) failure = { Error: why.error, Cause: JSON.stringify({ errorMessage: why.message }) };
    }
    // The last run ends the execution by its answer.
    count.functionMs.push(msOf(0));
    const last = visits.at(-1)!.at(-1)!;
    const end = endOf(last, reached);
    writes(end ? errorOf(end) : { ...ids, status: last.reaches!.status, reached });
  }
  return count;
}

const aboutOf = (placementId: string) => ({ placementId, causationId: placementId });

/** What a step's function answers the workflow: a refusal too is an answer. */
function answerOf(each: Try, ids: object, reached: string): object {
  const refused = each.refusal ?? each.rejection ?? (each.reason && needsAttention);
  if (refused) return { refused };
  if (each.reaches) return { reached: { ...ids, status: each.reaches.status, reached } };
  // What is thrown has its name in its message, and the lines of a stack trace are left out.
  const message = JSON.stringify(each.failure);
  return { ...errorOf({ error: "Error", message }), StackTrace: [`Error: ${message}`] };
}

const errorOf = ({ error, message }: Why) => ({ ErrorMessage: message, ErrorType: error });

/** How the execution fails; nothing where it succeeds. */
function endOf({ reaches, rejection, reason }: Try, reached: string): Why | undefined {
  if (rejection) return ends.refused;
  if (reason) return needsAttention;
  if (reaches!.event === "InventoryFailed") return ends.out;
  return reaches!.event === "OrderShipped" ? undefined : endAfter[reached]!;
}
