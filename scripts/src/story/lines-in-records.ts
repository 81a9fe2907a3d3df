import {
  eventSource,
  isEventName,
  lifecycle,
  type OrderStatus,
  type PlacementRef,
  type StepName,
  stepNames,
  steps,
} from "@ovsc/shared";
import type { ExecutionRecord, StepLog } from "@ovsc/shared/variant";
import type { RunLine } from "../runs/log/run-line.ts";

/** What a deployed cloud still knows of a placement when somebody asks. */
export interface Records {
  readonly variant: string;
  readonly placed: PlacementRef;
  /** When its document was written, in milliseconds since 1970. */
  readonly placedAtMs: number;
  /** What the steps logged, in the order of time. */
  readonly logs: readonly StepLog[];
  readonly execution: ExecutionRecord | undefined;
}

/** A line without what every line of the placement has. */
type Part = RunLine extends infer Line ? (Line extends RunLine ? Omit<Line, Shared> : never) : never;
type Shared = "variant" | "batch" | "orderId" | "at" | "realMs";
interface Timed {
  readonly atMs: number;
  readonly part: Part;
}

/**
 * The lines that a run's log would have, as far as logs and history tell: tries of steps and how they ended, what they
 * said, the moves of the row, the events of the execution. Calls, deliveries and ledgers leave no record with a time.
 */
export function linesIn({ variant, placed, placedAtMs, logs, execution }: Records): RunLine[] {
  const { orderId, placementId } = placed;
  const document = { type: "PlacementChanged", placementId, state: "PLACED" } as const;
  const told = new LogsTold(placementId, execution?.arn, idsHeard(logs));
  const timed: Timed[] = [
    { atMs: Math.min(placedAtMs, logs[0]?.atMs ?? placedAtMs), part: document },
    ...(execution ? woven(execution, triesIn(logs), told) : logs.flatMap((log) => told.add(log))),
  ];
  return timed.map(({ atMs, part }) => {
    const circumstances = { variant, batch: "deployed", orderId, at: new Date(atMs).toISOString(), realMs: 0 };
    return { ...circumstances, ...part };
  });
}

/** The log lines of each try, in the order in which they began. */
function triesIn(logs: readonly StepLog[]): StepLog[][] {
  const tries: StepLog[][] = [];
  for (const log of logs) {
    const open = tries.findLast(([first]) => first!.step === log.step);
    if (log.message === "step started" || !open) tries.push([log]);
    else open.push(log);
  }
  return tries;
}

/** Puts each try where the history has it: the clocks of two services do not tell. */
function woven({ arn, stateMachine, events }: ExecutionRecord, tries: StepLog[][], told: LogsTold): Timed[] {
  const timed: Timed[] = [];
  let state: string | undefined;
  for (const [position, { atMs, type, ...event }] of events.entries()) {
    const happened = { type: "ExecutionEvent", stateMachine, execution: arn, event: type, ...event } as const;
    timed.push({ atMs, part: happened });
    if (type.endsWith("StateEntered")) state = event.state;
    if (type !== "TaskStarted" || isTurnedDown(events.slice(position))) continue;
    const index = tries.findIndex(([first]) => first!.step === state);
    timed.push(...tries.splice(0, index + 1).flatMap((lines) => lines.flatMap((log) => told.add(log))));
  }
  return [...timed, ...tries.flatMap((lines) => lines.flatMap((log) => told.add(log)))];
}

/** Whether Lambda did not run the function of the task that comes next. */
const isTurnedDown = (events: ExecutionRecord["events"]): boolean => {
  const outcome = events.find(({ type }) => /^Task(Succeeded|Failed|TimedOut)$/.test(type));
  return outcome?.error?.startsWith("Lambda.") ?? false;
};

/** The ids of the events that woke steps, by name: a step logs what it says without the id that the bus gives it. */
function idsHeard(logs: readonly StepLog[]): Map<string, string[]> {
  const heard = new Map<string, Set<string>>();
  for (const { message, event, causationId } of logs) {
    if (message !== "step started" || event === undefined) continue;
    heard.set(event, (heard.get(event) ?? new Set()).add(causationId));
  }
  return new Map([...heard].map(([name, ids]) => [name, [...ids]]));
}

class LogsTold {
  readonly #placementId: string;
  readonly #executionArn: string | undefined;
  readonly #idsHeard: Map<string, string[]>;
  readonly #attempts = new Map<string, number>();
  readonly #known = new Set<string>();
  /** By the event that a step may say: its latest request. */
  readonly #mayBeSaidBy = new Map<string, string>();
  /** By the event that woke it: the request that failed last. */
  readonly #failed = new Map<string, string>();
  /** Events that were heard before the line of the step that said them. */
  readonly #saidEarly: string[] = [];
  /** Whether what a step logs as reached, others hear too: then events wake steps. */
  readonly #saysFacts: boolean;
  #said = 0;

  constructor(placementId: string, executionArn: string | undefined, heard: Map<string, string[]>) {
    this.#placementId = placementId;
    this.#executionArn = executionArn;
    this.#idsHeard = heard;
    this.#saysFacts = heard.size > 0;
  }

  add(log: StepLog): Timed[] {
    const { atMs, message, step, causationId, error, refusal } = log;
    const requestId = `${step} ${causationId}`;
    // Whoever listens is woken by an event, and by no execution of the saga.
    const cause = (isStep(step) && this.#executionArn) || causationId;
    const end = (failure?: string): Part => ({
      type: "InvocationEnded",
      functionName: step,
      requestId,
      causationId: cause,
      bytes: 0,
      ...(failure !== undefined && { error: failure }),
    });
    const parts = ((): Part[] => {
      if (message === "step started") return this.#started(log, requestId, cause);
      if (message === "step failed") {
        this.#failed.set(causationId, requestId);
        return [end(error)];
      }
      if (!isEventName(message)) return message === "ignored" ? [end()] : [];
      // A refusal of an execution's step is thrown as well, and logged a second time.
      const isThrown = this.#executionArn !== undefined && refusal !== undefined;
      return [...this.#reached(message, requestId), ...(isThrown ? [] : [end()])];
    })();
    return parts.map((part) => ({ atMs, part }));
  }

  #started(log: StepLog, requestId: string, cause: string): Part[] {
    const { step, event, causationId } = log;
    const attempt = (this.#attempts.get(requestId) ?? 0) + 1;
    this.#attempts.set(requestId, attempt);
    if (isStep(step)) for (const name of eventsOf(step)) this.#mayBeSaidBy.set(name, requestId);
    const asynchronous = this.#executionArn === undefined;
    const givenUp = asynchronous && event !== undefined ? this.#givenUp(causationId, requestId) : undefined;
    const started: Part = {
      type: "InvocationStarted",
      functionName: step,
      requestId,
      // Where no event woke it, the log does not say who called.
      ...(asynchronous
        ? event !== undefined && { causationId: givenUp?.eventId ?? causationId }
        : { causationId: cause }),
      attempt,
      asynchronous,
      memoryMegabytes: 0,
      bytes: 0,
    };
    return [...this.#heard(log), ...(givenUp ? [givenUp] : []), started];
  }

  /**
   * What an event wakes after another step failed with it is woken by the news of that: the record names the event that
   * the chain of failures began with, and so does the log.
   */
  #givenUp(causationId: string, requestId: string): (Part & { readonly eventId: string }) | undefined {
    const failed = this.#failed.get(causationId);
    if (failed === undefined || failed === requestId) return undefined;
    const source = "lambda";
    return {
      ...this.#published("Lambda Function Invocation Result - Failure", `${failed} was given up`, failed),
      source,
    };
  }

  /** The event that woke a step, where no line has said it by then: the client's, or one whose line comes late. */
  #heard({ event, causationId }: StepLog): Part[] {
    if (event === undefined || this.#known.has(causationId)) return [];
    this.#known.add(causationId);
    const publisher = this.#mayBeSaidBy.get(event);
    if (publisher !== undefined) {
      this.#saidEarly.push(event);
      this.#idsHeard.get(event)?.shift();
    }
    return [this.#published(event, causationId, publisher)];
  }

  /** A step logs a milestone once the row has it and, where facts are said, once the bus has it. */
  #reached(name: string, requestId: string): Part[] {
    const { to } = (lifecycle as Record<string, { to: OrderStatus } | undefined>)[name] ?? {};
    const moved: Part[] = to
      ? [{ type: "StatusChanged", status: to, placementId: this.#placementId, causationId: requestId }]
      : [];
    if (!this.#saysFacts) return moved;
    const early = this.#saidEarly.indexOf(name);
    if (early >= 0) {
      this.#saidEarly.splice(early, 1);
      return moved;
    }
    this.#said += 1;
    const id = this.#idsHeard.get(name)?.shift() ?? `${name} ${this.#said}`;
    this.#known.add(id);
    return [...moved, this.#published(name, id, requestId)];
  }

  #published(detailType: string, eventId: string, causationId: string | undefined) {
    return {
      type: "EventPublished" as const,
      bus: "event bus",
      eventId,
      source: eventSource,
      detailType,
      detail: { placementId: this.#placementId },
      bytes: 0,
      ...(causationId !== undefined && { causationId }),
    };
  }
}

const isStep = (name: string): name is StepName => (stepNames as readonly string[]).includes(name);

const eventsOf = (step: StepName): string[] => [
  steps[step].achieves,
  ...steps[step].refusals.map(({ leadsTo }) => leadsTo),
];
