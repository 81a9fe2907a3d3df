import type { AwsCall, DeliveryAttempt, Faults, Happening, InvocationTry, QueuedInvocation } from "@ovsc/local";
import type { Dependency } from "@ovsc/shared/variant";
import { kindNamed } from "./kinds.ts";
import type { Fault, FaultPlan } from "./plan.ts";
import { dependencyOf } from "./struck.ts";

/** What may be struck, in the words of a plan. */
interface Blow {
  readonly dependency: Dependency;
  readonly atMs: number;
  readonly correlationId: string | undefined;
  /** Holds the name of the step: a function's name, or a target's ARN. */
  readonly where: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly call: number;
}

/** Faults that depend on what has happened. */
export interface ListeningFaults extends Faults {
  hear?(happening: Happening): void;
}

/** One try of a step. */
interface Try {
  /** By which function, and for which order. */
  readonly tried: string;
  attempt: number;
  hasStarted: boolean;
  readonly calls: Map<Dependency, number>;
}

/** A fault plan at work in one variant's embedded cloud. */
export class Injection implements Required<ListeningFaults> {
  readonly #plan: FaultPlan;
  readonly #fired: number[];
  /** How often a function was tried for an order, whatever kept it from running. */
  readonly #attempts = new Map<string, number>();
  /** By request and run of its function: the try that is under way. */
  readonly #tries = new Map<string, Try>();
  /** By request: the same of the latest run. */
  readonly #latest = new Map<string, Try>();
  #beganMs: number | undefined;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
    this.#fired = plan.map(() => 0);
  }

  /** What comes next begins anew: a time in the plan counts from its first order. */
  begin(): void {
    this.#beganMs = undefined;
    this.#attempts.clear();
    this.#tries.clear();
    this.#latest.clear();
  }

  /** How often each fault of the plan struck. */
  get fired(): readonly number[] {
    return this.#fired;
  }

  onAwsCall({ functionName, requestId, attempt, correlationId, atMs, ...call }: AwsCall) {
    const dependency = dependencyOf(call);
    if (!dependency) return undefined;
    const known = this.#tries.get(`${requestId} ${attempt}`);
    const calls = 1 + (known?.calls.get(dependency) ?? 0);
    known?.calls.set(dependency, calls);
    const blow = { dependency, atMs, correlationId, where: functionName, attempt: known?.attempt ?? 1, call: calls };
    return this.#strike(blow, ({ kind, seconds }) => kindNamed(kind).call?.(call, seconds));
  }

  /** A Task state's own call of DynamoDB: it cannot crash, so whatever strikes the row fails the call. */
  onTaskCall({ atMs, correlationId, stateMachine, ...call }: Parameters<NonNullable<Faults["onTaskCall"]>>[0]) {
    const dependency = call.service === "dynamodb" ? dependencyOf(call) : undefined;
    if (!dependency) return undefined;
    const blow = { dependency, atMs, correlationId, where: stateMachine, attempt: 1, call: 1 };
    return this.#strike(blow, () => ({ fail: "InternalServerError" }) as const);
  }

  onInvocation({ functionName, requestId, attempt: run, correlationId, atMs }: InvocationTry) {
    const tried = `${functionName} ${correlationId}`;
    const attempt = this.#nextAttempt(tried);
    const begun: Try = { tried, attempt, hasStarted: false, calls: new Map() };
    this.#tries.set(`${requestId} ${run}`, begun);
    this.#latest.set(requestId, begun);
    const blow = { dependency: "lambda", atMs, correlationId, where: functionName, attempt, call: 1 } as const;
    return this.#strike(blow, ({ kind }) => kindNamed(kind).invocation);
  }

  /** Where a step is tried again in its own process, each try says that it starts, and counts like any other. */
  hear(happening: Happening): void {
    if (happening.type !== "Log" || !happening.line.includes('"step started"')) return;
    const known = this.#latest.get(happening.requestId);
    if (!known) return;
    if (known.hasStarted) {
      known.attempt = this.#nextAttempt(known.tried);
      known.calls.clear();
    }
    known.hasStarted = true;
  }

  #nextAttempt(tried: string): number {
    const attempt = 1 + (this.#attempts.get(tried) ?? 0);
    this.#attempts.set(tried, attempt);
    return attempt;
  }

  onQueuedEvent({ functionName: where, atMs, correlationId }: QueuedInvocation) {
    const blow = { dependency: "lambda-queue", atMs, correlationId, where, attempt: 1, call: 1 } as const;
    return this.#strike(blow, ({ kind, seconds }) => kindNamed(kind).queue?.(seconds));
  }

  onDelivery({ target: where, atMs, correlationId, attempt, isDuplicate }: DeliveryAttempt) {
    if (isDuplicate) return undefined;
    const blow = { dependency: "rule-target", atMs, correlationId, where, attempt, call: 1 } as const;
    return this.#strike(blow, ({ kind, seconds }) => kindNamed(kind).delivery?.(seconds));
  }

  onDestination({ functionName: where, atMs, correlationId }: QueuedInvocation) {
    const blow = { dependency: "failure-destination", atMs, correlationId, where, attempt: 1, call: 1 } as const;
    return this.#strike(blow, ({ kind }) => kindNamed(kind).destination);
  }

  /** The first fault of the plan that strikes here, as the cloud takes it. */
  #strike<Struck>(blow: Blow, as: (fault: Fault & { seconds: number }) => Struck | undefined): Struck | undefined {
    this.#beganMs ??= blow.atMs;
    for (const [index, fault] of this.#plan.entries()) {
      if (!this.#matches(fault, blow)) continue;
      const struck = as({ ...fault, seconds: fault.seconds ?? kindNamed(fault.kind).seconds ?? 0 });
      if (struck === undefined) continue;
      this.#fired[index]! += 1;
      return struck;
    }
    return undefined;
  }

  #matches(fault: Fault, { dependency, atMs, correlationId, where, attempt, call }: Blow): boolean {
    if (fault.dependency !== dependency && !(fault.dependency === "table" && isRow(dependency))) return false;
    if (fault.order !== undefined && fault.order !== correlationId) return false;
    if (fault.step !== undefined && !where.includes(fault.step)) return false;
    if ("from" in fault) {
      const sinceMs = atMs - this.#beganMs!;
      return sinceMs >= 1000 * fault.from && sinceMs < 1000 * fault.until;
    }
    const { attempts, call: nth = call } = fault;
    return nth === call && (attempts === "every" || attempts.includes(attempt));
  }
}

const isRow = (dependency: Dependency): boolean =>
  ["order-table", "inventory", "payment-gateway", "carrier"].includes(dependency);
