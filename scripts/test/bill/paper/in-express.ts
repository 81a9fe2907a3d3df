import { add, type Count, logLine, msOf, nothing, pausesMs } from "./count.ts";
import { executes, type Shell } from "./execution.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, look, lookForResting, noteSwept, settle, tell } from "./takes.ts";
import { overtaken, parks, refundsInVain, unmended } from "./tries.ts";

const shellOf = (variant: string): Shell => ({
  functionArn: `arn:aws:lambda:eu-west-2:000000000000:function:ovsc-${variant}-Steps`,
  tableName: `ovsc-${variant}-Orders01234567`,
  // The row knows when another was quicker.
  saying: ({ reaches, isSecond }) => (reaches?.isSettled && !isSecond ? [settle] : []),
});

/** Step Functions ends an execution after five minutes; this one ends itself a little earlier. */
const longestMs = 295_000;
/** From the state machine to a function. */
const hopMs = 77.3;

/**
 * Each placing is an execution of an Express state machine, and so is a second one of the same name. What takes longer
 * than an execution may is cut off: the sweeper starts another, which finds the row moved on.
 */
export const inExpress =
  (variant: string) =>
  (placings: readonly Placing[]): Count => {
    const count = nothing();
    const shell = shellOf(variant);
    for (const placing of placings) {
      count.placings += 1;
      add(count, [placing.isSecond ? documentAgain : document]);
      if (waitsMs(placing) < longestMs) {
        runs(count, placing, shell);
        continue;
      }
      // Only a refund fails so late: its third try would begin 360 s after the first of the shipping.
      const { orderId, visits } = placing;
      const [refund] = visits.slice(-2);
      runs(count, { ...placing, visits: [...visits.slice(0, -2), refund!.slice(0, 2)], timesOut: true }, shell);
      sweeps(count, placing);
      const late = [[overtaken("CreateOrder", orderId, "REFUNDING")], claimedBefore, [parks(unmended.refund)]];
      runs(count, { ...placing, visits: late }, shell);
    }
    return count;
  };

const [, claimed] = refundsInVain;
const claimedBefore = [claimed!, claimed!, claimed!];

const waitsMs = ({ visits }: Placing): number => visits.reduce((sum, tries) => sum + pausesMs(tries.length), 0);

/** It is billed by the time it takes, and not by its transitions. */
function runs(count: Count, placing: Placing, shell: Shell): void {
  const { transitions } = count;
  const from = count.functionMs.length;
  executes(count, placing, shell);
  count.transitions = transitions;
  const functions = count.functionMs.slice(from);
  // A read of its own, where it looks where the order is, is a call.
  const reads = placing.visits.flat().filter(({ overtakenAt }) => overtakenAt !== undefined).length;
  const ms = functions.reduce((sum, each) => sum + hopMs + each, 6 * reads) + waitsMs(placing);
  count.expressMs.push(placing.timesOut ? longestMs : ms);
}

/** The sweeper finds the order, starts an execution, and notes that it did. */
function sweeps(count: Count, { orderId, placementId }: Placing): void {
  count.functionMs.push(msOf(add(count, [lookForResting, look, tell, noteSwept])));
  count.functionLogBytes += logLine("WARN", {
    message: "swept",
    step: "Sweeper",
    correlationId: orderId,
    placementId,
    causationId: "01234567-89ab-cdef-0123-456789abcdef",
    act: "say again",
    status: "REFUNDING",
    since: "2026-01-01T00:00:00.000Z",
    sweeps: 1,
  });
}
