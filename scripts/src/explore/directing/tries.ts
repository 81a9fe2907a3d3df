import type { AwsCall, InvocationTry } from "@ovsc/local";
import {
  ambiguityNames,
  delaysOf,
  executionTimeout,
  isSettled,
  lifecycle,
  retryBudgets,
  type StepName,
  steps,
} from "@ovsc/shared";
import { mostAttempts } from "@ovsc/shared/aws";
import type { Dependency } from "@ovsc/shared/variant";
import type { KindName } from "../../faults/kinds.ts";
import { Toll } from "./toll.ts";

const { functionError, throttle, targetDelivery } = retryBudgets.equal;

/** A step's tries of one event, or of one order where it is called synchronously. */
const mostTries = 1 + functionError.lambda.maximumRetryAttempts;

/** An event that is turned down at this age may never be tried again. */
const oldMs = 1000 * (throttle.lambda.maximumEventAgeSeconds - Math.max(...delaysOf(throttle.stepFunctions)));

/** A delivery that fails so long after it failed first may have been the last: EventBridge waits up to 8 minutes. */
const lateMs = 1000 * (targetDelivery.eventBridge.maximumEventAgeSeconds - 480);

/** An execution that goes round and round so long after it began comes to its own timeout: there is no time to wait. */
const roundMs = 1000 * (executionTimeout(retryBudgets.equal) - Math.max(...delaysOf(throttle.stepFunctions)));

/** Kinds of fault under which a write takes effect, and its function does not hear of it. */
const unheard: readonly KindName[] = ["fail-after", "answer-lost", "late-effect", "slow-answer"];

/** Whose tries are counted together. */
interface Tried {
  readonly step: StepName | undefined;
  readonly isAsynchronous: boolean;
  readonly sinceMs: number;
}

interface Invoked extends Tried {
  readonly key: string;
}

/** What struck the tries of a step. */
interface Struck extends Tried {
  readonly tries: Set<string>;
  /** When a call of it was struck last. */
  lastMs: number;
  /** How many tries came before within the same invocation. */
  inner: number;
  /** How many transactions of its last try met another one: they are tried again within it. */
  conflicts: { tried: string; count: number };
  /** How many tries ended with an error, struck or not: a provider may be away for an order's own token. */
  failures: number;
  /** Whether the row may have moved, or the bus be asked in vain. */
  isUnheard: boolean;
}

/** Milliseconds between two calls that can belong to no one try: it has less time, and the next waits for longer. */
const apartMs = 30_000;

/** What struck a call of a try. */
interface Strike {
  readonly kind: KindName;
  readonly dependency: Dependency;
  readonly isWrite: boolean;
}

/**
 * How much of the retries' budget was struck: told by what was done to the tries, and never by what came of it.
 */
export class Tries {
  /** Every try of some step was struck: the order may end otherwise than when nothing fails. */
  isUsedUp = false;
  /** And that step undoes something: the order may be parked. */
  isUndoUsedUp = false;
  /** And so were those of whoever acts last, or says that an order has ended: only the sweeper is left. */
  isBeyondBudget = false;
  /** The same by kind, dependency and step. */
  readonly toll = new Toll();
  readonly #struck = new Map<string, Struck>();
  readonly #by = new Map<string, Invoked>();
  /** Which try of an invocation is under way. */
  readonly #attempts = new Map<string, number>();
  readonly #since = new Map<string, number>();
  #beganMs: number | undefined;

  /** @param step undefined for a function that runs no step */
  begin({ requestId, asynchronous, functionName, correlationId, attempt, atMs }: InvocationTry, step?: StepName): void {
    this.#beganMs ??= atMs;
    this.#attempts.set(requestId, attempt);
    // A workflow as code is invoked anew each time that it goes on.
    const key = asynchronous && step ? requestId : `${functionName} ${correlationId}`;
    if (attempt > 1 && step && this.#by.has(requestId)) return;
    this.#by.set(requestId, { key, step, isAsynchronous: asynchronous, sinceMs: atMs });
    this.#of(requestId);
  }

  /** An invocation came to its end without an error. Another of the same orderId may be under way. */
  end(requestId: string): void {
    this.#struck.delete(this.#by.get(requestId)?.key ?? "");
  }

  /** One came to its end with an error after which it is tried again. */
  fail(requestId: string, error: string, atMs: number): void {
    const struck = this.#of(requestId);
    if (!struck) return;
    // A provider that gives no answer for an order's own token strikes a try as a fault of it does.
    const isUnanswered = struck.step !== undefined && ambiguityNames.includes(error);
    if (isUnanswered) this.#count(struck, `${requestId} ${this.#attempts.get(requestId)} ${struck.inner}`, atMs);
    if (struck.isAsynchronous) return;
    struck.failures += 1;
    this.toll.wait(struck.failures, atMs);
  }

  strikeCall(call: AwsCall, { kind, dependency, isWrite }: Strike): void {
    const { requestId, attempt, functionName, correlationId, operation, atMs } = call;
    const struck = this.#of(requestId);
    if (!struck) return;
    if (struck.step === undefined) this.strikeTask(`execution of ${functionName} ${correlationId}`, atMs);
    if (dependency === "event-bus") struck.isUnheard = true;
    if (dependency === "order-table" && isWrite && unheard.includes(kind)) struck.isUnheard = true;
    // A function that makes its tries itself makes all of them in one invocation.
    if (atMs - struck.lastMs > apartMs) struck.inner += 1;
    struck.lastMs = atMs;
    const tried = `${requestId} ${attempt} ${struck.inner}`;
    this.toll.add({ kind, dependency, step: struck.step, tried, atMs });
    if (kind === "conflict" && operation === "TransactWriteItems" && isBorne(struck, tried)) return;
    this.#count(struck, tried, atMs);
  }

  strikeTry({ requestId, attempt, atMs }: InvocationTry, kind: KindName): void {
    const struck = this.#of(requestId);
    if (!struck) return;
    const tried = `${requestId} ${attempt} ${atMs}`;
    this.toll.add({ kind, dependency: "lambda", step: struck.step, tried, atMs });
    if (kind === "out-of-memory") this.#count(struck, tried, atMs);
    else if (atMs - struck.sinceMs > oldMs) this.#useUp(struck);
  }

  /** A call of a state machine, or of a workflow as code, was struck: what the execution does itself. */
  strikeTask(execution: string, atMs: number): void {
    const own = { step: undefined, isAsynchronous: false, sinceMs: atMs };
    const struck = this.#struck.get(execution) ?? { ...nothingYet(own), isUnheard: true };
    this.#struck.set(execution, struck);
    // The SDK's own tries come within a second.
    struck.tries.add(String(Math.floor(atMs / 1000)));
    if (struck.tries.size >= mostTries) this.isUsedUp = this.isBeyondBudget = true;
  }

  strikeDelivery(delivery: string, atMs: number): void {
    const since = this.#since.get(delivery) ?? atMs;
    this.#since.set(delivery, since);
    if (atMs - since > lateMs) this.isUsedUp = this.isBeyondBudget = true;
  }

  loseRecord(): void {
    this.isUsedUp = this.isBeyondBudget = true;
  }

  /** What matters of it for what may still come: nothing more once the budget is left, or of a step's tries. */
  get summary(): readonly unknown[] {
    const { isUsedUp, isUndoUsedUp, isBeyondBudget } = this;
    if (isBeyondBudget) return [isUsedUp, isBeyondBudget];
    const open = [...this.#struck.values()].flatMap(({ step, tries, conflicts: { count }, isUnheard }) =>
      tries.size + count > 0 && tries.size < mostTries ? [[step, tries.size, count, isUnheard]] : [],
    );
    return [isUsedUp, isUndoUsedUp, isBeyondBudget, open];
  }

  /** The same for invocations of which as much was struck. */
  of(requestId: string): string {
    const { tries, conflicts, isUnheard } = this.#of(requestId) ?? {};
    return `${tries?.size} ${conflicts?.count} ${isUnheard}`;
  }

  #of(requestId: string): Struck | undefined {
    const invoked = this.#by.get(requestId);
    if (!invoked) return undefined;
    const { key, ...tried } = invoked;
    const struck = this.#struck.get(key) ?? nothingYet(tried);
    this.#struck.set(key, struck);
    return struck;
  }

  /** Throttles before it leave an event less time for its tries. */
  #count(struck: Struck, attempt: string, atMs: number): void {
    struck.tries.add(attempt);
    if (struck.tries.size >= mostTries || atMs - struck.sinceMs > oldMs) this.#useUp(struck);
    if (atMs - this.#beganMs! > roundMs) this.isUsedUp = this.isBeyondBudget = true;
  }

  #useUp({ step, isAsynchronous, isUnheard }: Struck): void {
    if (step === undefined || (steps[step].undoes ?? []).length > 0) this.isUndoUsedUp = true;
    // A workflow as code is begun again for as long as it may run.
    if (step === undefined) return;
    this.isUsedUp = true;
    const isLast = step === "ParkOrder" || (isUnheard && isAsynchronous && settles(step));
    if (isLast) this.isBeyondBudget = true;
  }
}

const nothingYet = (tried: Tried): Struck => ({
  ...tried,
  tries: new Set(),
  lastMs: tried.sinceMs,
  inner: 0,
  conflicts: { tried: "", count: 0 },
  failures: 0,
  isUnheard: false,
});

/** Counts a transaction that meets another. @returns whether the try goes on all the same: see `Table.transact` */
function isBorne(struck: Struck, tried: string): boolean {
  const before = struck.conflicts.tried === tried ? struck.conflicts.count : 0;
  struck.conflicts = { tried, count: before + 1 };
  return struck.conflicts.count < mostAttempts;
}

/** Whether an order can come to its end in a step. */
const settles = (step: StepName): boolean =>
  [steps[step].achieves, ...steps[step].refusals.map(({ leadsTo }) => leadsTo)].some((milestone) =>
    isSettled(lifecycle[milestone].to),
  );
