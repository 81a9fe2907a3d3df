import type { History } from "../../history.ts";
import type { Caller } from "../../service.ts";
import type { Call } from "../../wire/protocol.ts";
import type { Wire } from "../../wire/wire.ts";

/** A call that a handler is about to make. */
export interface AwsCall {
  readonly functionName: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Counts from 0 within one try of an invocation. */
  readonly indexInInvocation: number;
}

/**
 * `crash before`: the environment dies before the call takes effect. `crash after`: it dies once the call took effect,
 * before the answer arrives. `lose answer`: the call takes effect and the connection breaks, which the SDK retries.
 */
export type AwsCallFault = "crash before" | "crash after" | "lose answer";

/** Decides which faults are injected. */
export interface Faults {
  onAwsCall?(call: AwsCall): AwsCallFault | undefined;
}

/** Carries a call out under the fault that is injected into it, if any. */
export async function carryOut<Answer>(
  { wire, faults, history }: { wire: Wire; faults: Faults; history: History },
  caller: Caller,
  call: Call<Answer>,
  from: Pick<AwsCall, "functionName" | "requestId" | "attempt" | "indexInInvocation">,
): Promise<Answer | Error | "crashed"> {
  const { service, operation, input } = call;
  const fault = faults.onAwsCall?.({ ...from, service, operation, input });
  if (!fault) return wire.carryOut(caller, call);
  const answer = fault === "crash before" ? undefined : await wire.carryOut(caller, call);
  history.record(caller.trace, { type: "Fault", fault, where: `${from.functionName}, ${service} ${operation}` });
  return fault === "lose answer" && answer ? connectionLost() : "crashed";
}

const connectionLost = () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
