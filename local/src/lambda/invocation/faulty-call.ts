import type { About } from "../../agenda.ts";
import { awsFailure } from "../../faults/aws-failure.ts";
import { nameOf, type AwsCall, type AwsCallFault } from "../../faults/faults.ts";
import type { Caller } from "../../service.ts";
import type { Call } from "../../wire/protocol.ts";
import type { Surroundings } from "./environment.ts";

/** What a caller gets: an answer, a broken connection, or the end of its environment. */
type Struck<Answer> = Answer | Error | "crashed";

/**
 * Carries a call out under the fault that is injected into it, if any.
 * @param onFault hears of one, before it strikes
 */
export async function carryOut<Answer>(
  surroundings: Pick<Surroundings, "wire" | "faults" | "history" | "clock" | "fail">,
  caller: Caller,
  call: Call<Answer>,
  from: Pick<AwsCall, "functionName" | "requestId" | "attempt" | "indexInInvocation">,
  onFault: () => void,
): Promise<Struck<Answer>> {
  const { wire, faults, history, clock } = surroundings;
  const { service, operation, input } = call;
  const { correlationId } = caller.trace;
  const fault = faults.onAwsCall?.({ ...from, service, operation, input, atMs: clock.nowMs, correlationId });
  if (fault === undefined) return wire.carryOut(caller, call);
  onFault();
  const where = `${from.functionName}, ${service} ${operation}`;
  history.record(caller.trace, { type: "Fault", fault: nameOf(fault), where, call: { service, operation, input } });
  return strike(fault, surroundings, { caller, call, from });
}

async function strike<Answer>(
  fault: AwsCallFault,
  { wire, clock, fail }: Pick<Surroundings, "wire" | "clock" | "fail">,
  { caller, call, from }: Made<Answer>,
): Promise<Struck<Answer>> {
  if (fault === "crash before") return "crashed";
  if (fault === "never answer") return new Promise(() => {});
  if (fault === "crash after" || fault === "lose answer") {
    await wire.carryOut(caller, call);
    return fault === "crash after" ? "crashed" : connectionLost();
  }
  if ("fail" in fault) return wire.answer(call, awsFailure(fault.fail, call));
  if ("refusedEntries" in fault) return refuseEntries(fault.refusedEntries, { wire }, caller, call);
  if ("answerAfterMs" in fault) {
    const answer = await wire.carryOut(caller, call);
    const about = () => ({ what: "other", answerOf: from.functionName, operation: call.operation }) as const;
    return new Promise((resolve) => void clock.schedule(fault.answerAfterMs, () => resolve(answer), about));
  }
  const takeEffect = () => void wire.carryOut(caller, call).catch(fail);
  if ("held" in fault) fault.held(() => clock.goOn(takeEffect, () => aboutLate(caller, call, from)));
  else clock.schedule(fault.effectAfterMs, takeEffect, () => aboutLate(caller, call, from));
  if (fault.answer === "never answer") return new Promise(() => {});
  return fault.answer === "lose answer" ? connectionLost() : wire.answer(call, awsFailure(fault.answer, call));
}

/** A call, by whom it is made, and from where. */
interface Made<Answer> {
  readonly caller: Caller;
  readonly call: Call<Answer>;
  readonly from: Pick<AwsCall, "functionName" | "requestId">;
}

function aboutLate(
  { trace: { correlationId } }: Caller,
  { service, operation, input }: Call<unknown>,
  { functionName, requestId }: Made<unknown>["from"],
): About {
  return { what: "call", late: true, functionName, requestId, correlationId, service, operation, input };
}

const connectionLost = () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

const refusedEntry = { ErrorCode: "InternalFailure", ErrorMessage: "Unexpected internal failure." };

/**
 * Carries PutEvents out without the entries that are refused, which its answer names in their places.
 * @throws RangeError for another operation, or where none of its entries is refused
 */
async function refuseEntries<Answer>(
  refused: "all" | readonly number[],
  { wire }: Pick<Surroundings, "wire">,
  caller: Caller,
  call: Call<Answer>,
): Promise<Struck<Answer>> {
  const { service, operation, input } = call;
  if (operation !== "PutEvents") throw new RangeError(`${service} ${operation} has no entries to refuse`);
  const entries = input["Entries"] as readonly unknown[];
  const isRefused = entries.map((_, index) => refused === "all" || refused.includes(index));
  if (!isRefused.includes(true)) throw new RangeError(`none of ${entries.length} entries is refused`);
  const merged = ({ FailedEntryCount, Entries }: PutEventsOutput): PutEventsOutput => {
    const answers = Entries.values();
    return {
      FailedEntryCount: FailedEntryCount + isRefused.filter(Boolean).length,
      Entries: isRefused.map((is) => (is ? refusedEntry : answers.next().value)),
    };
  };
  const kept = entries.filter((_, index) => !isRefused[index]);
  if (kept.length === 0) return wire.answer(call, merged({ FailedEntryCount: 0, Entries: [] }));
  return wire.carryOut(caller, {
    ...call,
    input: { ...input, Entries: kept },
    answer: (output, requestId) => call.answer(merged(output as PutEventsOutput), requestId),
  });
}

interface PutEventsOutput {
  readonly FailedEntryCount: number;
  readonly Entries: readonly unknown[];
}
