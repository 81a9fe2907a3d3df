import { setTimeout as pause } from "node:timers/promises";
import {
  ApprovalNotSupported,
  log,
  type Message,
  OrderConflict,
  OrderOvertaken,
  type OrderStatus,
  parse,
  PlacementRef,
  type Ports,
  type Reason,
  refOfRow,
  type StepName,
  type StepResult,
  steps,
  timeouts,
} from "@ovsc/shared";
import { type InvocationRecord, unwrap } from "@ovsc/shared/aws";
import { calls, forward, undo } from "./calls.ts";

/** What a function answers to whoever waits for it: how far the order came, or what is being done about it. */
export type Answer =
  | { readonly status: OrderStatus }
  | { readonly undoing: Reason }
  | { readonly rejected: Reason }
  | { readonly overtaken: string };

/** The way to other functions. */
export interface Functions {
  /** @throws whatever the function threw, and where it gave no answer */
  waitFor(step: StepName, message: Message): Promise<Answer>;
  start(step: StepName, message: Message): Promise<void>;
}

/** What a step in the chain works with. */
interface Surroundings {
  readonly ports: Ports;
  readonly functions: Functions;
  /** Before each further try in its own process, in seconds. */
  readonly delays: readonly number[];
}

/**
 * The shell of a step in the chain: runs the step, then calls the next and waits for its answer. Where the step failed
 * on each try, or whoever it called failed or never answered, it starts the undo and answers upwards.
 * @throws what no function in the chain can take back: the caller starts the undo then
 */
export function inChain(step: StepName, { ports, functions, delays }: Surroundings) {
  return async (given: Message | InvocationRecord<Message>): Promise<Answer> => {
    const { event, failure = event.failure } = unwrap<Message>(given);
    const message: Message = { ...parse(PlacementRef, event), ...(failure && { failure }) };
    const isWaitedFor = forward.includes(step);
    try {
      const result = isWaitedFor ? await tries(step, message, { ports, delays }) : await once(step, message, ports);
      return await goOn(result, functions);
    } catch (error) {
      const { name, message: why } = error as Error;
      if (error instanceof OrderOvertaken) return { overtaken: why };
      if (isRejected(step, error as Error)) return { rejected: { error: name, message: why } };
      if (!isWaitedFor) throw error;
      return takeBack(error as Error, message, functions);
    }
  };
}

/** Calls whoever comes next. */
async function goOn({ event, record }: StepResult, functions: Functions): Promise<Answer> {
  const placed = refOfRow(record);
  const next = calls.find(({ after }) => after === event);
  if (next?.how === "waits") return functions.waitFor(next.calls, placed);
  if (next) await functions.start(next.calls, placed);
  return { status: record.status };
}

async function takeBack({ name: error, message: why }: Error, message: Message, functions: Functions): Promise<Answer> {
  const failure = { error, message: why };
  await functions.start(undo, { ...message, failure });
  return { undoing: failure };
}

/** As often as Lambda's queue would try it, and as patiently; the waits are billed. */
async function tries(
  step: StepName,
  message: Message,
  { ports, delays }: Omit<Surroundings, "functions">,
): Promise<StepResult> {
  const inTime = () => orLate(step, once(step, message, ports));
  for (const delay of delays) {
    try {
      return await inTime();
    } catch (error) {
      if (isFinal(step, error as Error)) throw error;
    }
    await pause(1000 * delay);
  }
  return inTime();
}

const isRejected = (step: StepName, error: Error): boolean =>
  error instanceof OrderConflict ||
  error.name === ApprovalNotSupported.name ||
  steps[step].rejects.some(({ name }) => name === error.name);

const isFinal = (step: StepName, error: Error): boolean => error instanceof OrderOvertaken || isRejected(step, error);

async function once(step: StepName, message: Message, ports: Ports): Promise<StepResult> {
  const { orderId, placementId } = message;
  const about = { step, correlationId: orderId, placementId, causationId: placementId };
  log("info", "step started", about);
  try {
    const result = await steps[step].run(message, ports);
    log("info", result.event, { ...about, refusal: result.refusal?.message, reason: result.record.reason?.message });
    return result;
  } catch (error) {
    const { name, message: reason } = error as Error;
    log("warn", "step failed", { ...about, error: name, reason });
    throw error;
  }
}

/** A try gets the time that Lambda would give it. What it asked for may still take effect after that. */
async function orLate<Result>(step: StepName, trying: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const late = pause(1000 * timeouts.function, undefined, { signal: over.signal }).then(() => {
    throw new TryTimedOut(step);
  });
  // An aborted pause rejects, and by then nobody listens.
  late.catch(() => {});
  try {
    return await Promise.race([trying, late]);
  } finally {
    over.abort();
  }
}

/** No answer arrived in the time of one try. */
class TryTimedOut extends Error {
  override readonly name = "TryTimedOut";
  constructor(step: StepName) {
    super(`${step} took longer than ${timeouts.function} s`);
  }
}
