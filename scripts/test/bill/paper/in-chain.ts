import { add, type Count, logLine, msOf, nothing, pausesMs } from "./count.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, settle, tell } from "./takes.ts";
import type { Try } from "./tries.ts";

/** These are waited for, and tried again in their own process. */
const forward = ["CreateOrder", "ReserveInventory", "ChargePayment", "ShipOrder"];

/** Each step's function calls the next: it waits for it on the way there, and only starts it on the way back. */
export function inChain(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const { orderId, placementId, visits, isSecond } of placings) {
    count.placings += 1;
    add(count, [isSecond ? documentAgain : document]);
    const about = { correlationId: orderId, placementId, causationId: placementId };
    // From the last one on: whoever waits takes as long as whom it waits for.
    let calleeMs = 0;
    for (const tries of visits.toReversed()) {
      const takes = tries.map(({ takes: own, reaches, isSecond: again }) => [
        ...own,
        ...(reaches?.isSettled && !again ? [settle] : []),
      ]);
      for (const each of tries) count.functionLogBytes += linesOf(each, { step: each.step, ...about });
      const { step, reaches, failure } = tries.at(-1)!;
      // Whatever is not settled is handed on; a compensation that fails is told of by Lambda.
      const handsOn =
        (reaches !== undefined && !reaches.isSettled) || (failure !== undefined && forward.includes(step));
      if (!forward.includes(step)) {
        for (const [index, own] of takes.entries()) {
          const isLast = index === takes.length - 1;
          count.functionMs.push(msOf(add(count, own) + (isLast && handsOn ? tell.calls : 0)));
        }
        calleeMs = 0;
        continue;
      }
      const waits = handsOn && !failure && forward.includes(nextOf(visits, tries));
      const calls = takes.reduce((sum, own) => sum + add(count, own), 0) + (handsOn ? tell.calls : 0);
      calleeMs = msOf(calls) + pausesMs(tries.length) + (waits ? calleeMs : 0);
      count.functionMs.push(calleeMs);
    }
  }
  return count;
}

const nextOf = (visits: Placing["visits"], tries: readonly Try[]): string =>
  visits[visits.indexOf(tries) + 1]?.[0]!.step ?? "";

function linesOf({ reaches, refusal, failure, rejection, reason }: Try, about: object): number {
  const started = logLine("INFO", { message: "step started", ...about });
  const thrown = failure ?? rejection;
  if (thrown) {
    return started + logLine("WARN", { message: "step failed", ...about, error: thrown.error, reason: thrown.message });
  }
  const why = { ...(refusal && { refusal: refusal.message }), ...(reason && { reason: reason.message }) };
  return started + logLine("INFO", { message: reaches!.event, ...about, ...why });
}
