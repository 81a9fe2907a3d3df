import type { AwsCall, InvocationTry } from "@ovsc/local";
import { delaysOf, isSettled, lifecycle, retryBudgets, type StepName, steps } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import type { KindName } from "../../faults/kinds.ts";

const { functionError, throttle, targetDelivery } = retryBudgets.equal;

/** A step's tries of one event, or of one order where it is called synchronously. */
const mostTries = 1 + functionError.lambda.maximumRetryAttempts;

/** An event that is turned down at this age may never be tried again. */
const oldMs = 1000 * (throttle.lambda.maximumEventAgeSeconds - Math.max(...delaysOf(throttle.stepFunctions)));

/** A delivery that fails so long after it failed first may have been the last: EventBridge waits up to 8 minutes. */
const lateMs = 1000 * (targetDelivery.eventBridge.maximumEventAgeSeconds - 480);

/** Kinds of fault under which a write takes effect, and its function does not hear of it. */
const unheard: readonly KindName[] = ["fail-after", "answer-lost", "late-effect", "slow-answer"];

/** What struck the tries of a step. */
interface Struck {
  readonly step: StepName | undefined;
  readonly isAsynchronous: boolean;
  readonly sinceMs: number;
  readonly tries: Set<string>;
  /** Whether the row may have moved, or the bus be asked in vain. */
  isUnheard: boolean;
}

/** What struck a call of a try. */
interface Strike {
  readonly kind: KindName;
  readonly dependency: Dependency | undefined;
  readonly isWrite: boolean;
}

/**
 * How much of the retries' budget was struck: told by what was done to the tries, and never by what came of it.
 */
export class Tries {
  /** Every try of some step was struck: the order may end otherwise than when nothing fails. */
  isUsedUp = false;
  /** And so were those of whoever acts last, or says that an order has ended: only the sweeper is left. */
  isBeyondBudget = false;
  readonly #struck = new Map<string, Struck>();
  readonly #by = new Map<string, string>();
  readonly #since = new Map<string, number>();

  /** @param step undefined for a function that runs no step */
  begin({ requestId, asynchronous, functionName, correlationId, attempt, atMs }: InvocationTry, step?: StepName): void {
    const key = asynchronous ? requestId : `${functionName} ${correlationId}`;
    this.#by.set(requestId, key);
    if (attempt > 1 || this.#struck.has(key)) return;
    this.#struck.set(key, { step, isAsynchronous: asynchronous, sinceMs: atMs, tries: new Set(), isUnheard: false });
  }

  /** An invocation came to its end without an error. */
  end(requestId: string): void {
    this.#struck.delete(this.#by.get(requestId) ?? "");
  }

  strikeCall({ requestId, attempt, atMs }: AwsCall, { kind, dependency, isWrite }: Strike): void {
    const struck = this.#of(requestId);
    if (!struck) return;
    if (dependency === "event-bus") struck.isUnheard = true;
    if (dependency === "order-table" && isWrite && unheard.includes(kind)) struck.isUnheard = true;
    this.#count(struck, `${requestId} ${attempt}`, atMs);
  }

  strikeTry({ requestId, attempt, atMs }: InvocationTry, kind: KindName): void {
    const struck = this.#of(requestId);
    if (!struck) return;
    if (kind === "out-of-memory") this.#count(struck, `${requestId} ${attempt}`, atMs);
    else if (atMs - struck.sinceMs > oldMs) this.#useUp(struck);
  }

  /** A state machine's own call was struck. */
  strikeTask(execution: string, atMs: number): void {
    const struck = this.#struck.get(execution) ?? {
      step: undefined,
      isAsynchronous: false,
      sinceMs: atMs,
      tries: new Set(),
      isUnheard: true,
    };
    this.#struck.set(execution, struck);
    struck.tries.add(String(atMs));
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
    const { isUsedUp, isBeyondBudget } = this;
    if (isBeyondBudget) return [isUsedUp, isBeyondBudget];
    const open = [...this.#struck.values()].flatMap(({ step, tries, isUnheard }) =>
      tries.size > 0 && tries.size < mostTries ? [[step, tries.size, isUnheard]] : [],
    );
    return [isUsedUp, isBeyondBudget, open];
  }

  /** The same for invocations of which as much was struck. */
  of(requestId: string): string {
    const { tries, isUnheard } = this.#of(requestId) ?? {};
    return `${tries?.size} ${isUnheard}`;
  }

  #of(requestId: string): Struck | undefined {
    return this.#struck.get(this.#by.get(requestId) ?? "");
  }

  /** Throttles before it leave an event less time for its tries. */
  #count(struck: Struck, attempt: string, atMs: number): void {
    struck.tries.add(attempt);
    if (struck.tries.size >= mostTries || atMs - struck.sinceMs > oldMs) this.#useUp(struck);
  }

  #useUp({ step, isAsynchronous, isUnheard }: Struck): void {
    this.isUsedUp = true;
    const isLast = step === "ParkOrder" || (isUnheard && isAsynchronous && step !== undefined && settles(step));
    if (isLast) this.isBeyondBudget = true;
  }
}

/** Whether an order can come to its end in a step. */
const settles = (step: StepName): boolean =>
  [steps[step].achieves, ...steps[step].refusals.map(({ leadsTo }) => leadsTo)].some((milestone) =>
    isSettled(lifecycle[milestone].to),
  );
