import type { AwsCallFault, Faults, Happening } from "@ovsc/local";
import { type Dependency, isStateTransition } from "@ovsc/shared/variant";
import { dependencyOf } from "../faults/struck.ts";
import { DurableReading } from "./durable-reading.ts";
import type { Metered, Waker } from "./metered.ts";

/**
 * Milliseconds of virtual time that each call takes while it is metered. Any will do: it is taken off again, and what
 * counts is that a row's moves are apart, as they are on AWS. In one instant none would cost the index a write.
 */
const callMs = 1;

/** An invocation while it is read. */
interface Run {
  readonly functionName: string;
  readonly wokenBy: Waker;
  readonly startedMs: number;
  calls: number;
  /** From its start to its end. */
  tookMs: number;
  readonly waitedFor: number[];
}

/** An Express execution while it is read. */
interface ExpressRun {
  readonly startedMs: number;
  tookMs: number;
  calls: number;
  readonly waitedFor: number[];
  isTimedOut: boolean;
}

/** A call that a request has under way. */
interface Asked {
  readonly operation: string;
  readonly of: Dependency | undefined;
}

/** What a meter has read since it was switched on. */
export class Reading {
  readonly #archivedSources: readonly string[];
  readonly #runs: Run[] = [];
  /** Events that a rule handed to a target, by their ids. */
  readonly #delivered = new Set<string>();
  /** The run under way of each request, by its id. */
  readonly #underWay = new Map<string, number>();
  /** The calls that a request has under way, in their order. */
  readonly #asked = new Map<string, Asked[]>();
  readonly #units = { read: 0, write: 0 };
  readonly #simulatedUnits = { read: 0, write: 0 };
  readonly #events: number[] = [];
  readonly #archived: number[] = [];
  readonly #messages: number[] = [];
  readonly #executions = new Set<string>();
  readonly #express = new Map<string, ExpressRun>();
  readonly #durable = new DurableReading();
  readonly #executionEvents: number[] = [];
  #clientWaits = false;
  #transitions = 0;
  /** Since when no function runs. */
  #idleSinceMs: number | undefined;
  #idleMs = 0;
  #functionLogBytes = 0;
  #handedBytes = 0;

  constructor(archivedSources: readonly string[]) {
    this.#archivedSources = archivedSources;
  }

  onAwsCall(call: Parameters<NonNullable<Faults["onAwsCall"]>>[0]): AwsCallFault {
    const asked = this.#asked.get(call.requestId) ?? [];
    this.#asked.set(call.requestId, [...asked, { operation: call.operation, of: dependencyOf(call) }]);
    return { answerAfterMs: callMs };
  }

  add(happening: Happening): void {
    this.#idleSinceMs ??= happening.atMs;
    switch (happening.type) {
      case "InvocationStarted":
        return this.#started(happening);
      case "InvocationEnded":
        return this.#ended(happening);
      case "AwsCall":
        return this.#called(happening);
      case "EventPublished":
        return this.#published(happening);
      case "MessageSent":
        return void this.#messages.push(happening.bytes);
      case "Log":
        // With its line end, as Lambda hands it over.
        this.#functionLogBytes += happening.bytes + 1;
        return;
      case "ExecutionEvent":
        return this.#executed(happening);
      case "Delivery":
        return void this.#delivered.add(happening.eventId);
      case "DurableEvent":
        return this.#durable.add(happening);
      case "Fault":
      case "ItemChanged":
    }
  }

  /** @param orders that were placed since */
  metered(orders: number): Metered {
    const durable = this.#durable.metered();
    const invocations = this.#runs.map(({ functionName, wokenBy, calls, waitedFor, tookMs }) => ({
      functionName,
      wokenBy,
      calls,
      waitedFor,
      ownMs: tookMs - this.#tookMs(waitedFor) - callMs * calls,
    }));
    // Before a durable function ends it waits a moment for further news: nobody waits for that.
    const inHandlers = invocations.filter((run) =>
      durable.every(({ functionName }) => functionName !== run.functionName),
    );
    return {
      orders,
      placings: orders,
      clientWaits: this.#clientWaits,
      executions: this.#executions.size,
      handedBytes: this.#handedBytes,
      waitedMs: this.#idleMs + inHandlers.reduce((sum, { ownMs }) => sum + ownMs, 0),
      transitions: this.#transitions,
      express: [...this.#express.values()].map(({ waitedFor, calls, tookMs, isTimedOut }) => ({
        waitedFor,
        calls,
        ownMs: tookMs - this.#tookMs(waitedFor),
        ...(isTimedOut && { timedOutMs: tookMs }),
      })),
      durable,
      events: this.#events,
      archived: this.#archived,
      invocations,
      units: this.#units,
      simulatedUnits: this.#simulatedUnits,
      messages: this.#messages,
      functionLogBytes: this.#functionLogBytes,
      executionEvents: this.#executionEvents,
    };
  }

  #started({
    functionName,
    requestId,
    asynchronous,
    causationId,
    bytes,
    atMs,
  }: Extract<Happening, { type: "InvocationStarted" }>) {
    this.#handedBytes += bytes;
    if (this.#underWay.size === 0) this.#idleMs += atMs - this.#idleSinceMs!;
    const caller = asynchronous ? undefined : this.#callerOf(causationId);
    const wokenBy = this.#wakerOf(caller, causationId);
    const index = this.#runs.push({ functionName, wokenBy, startedMs: atMs, calls: 0, tookMs: 0, waitedFor: [] }) - 1;
    if (caller !== undefined) this.#runs[caller]!.waitedFor.push(index);
    this.#express.get(causationId ?? "")?.waitedFor.push(index);
    this.#underWay.set(requestId, index);
  }

  /** Whoever waits for an answer to its own call: no function waits for what Lambda invokes for a durable execution. */
  #callerOf(causationId = ""): number | undefined {
    const waits = this.#asked.get(causationId)?.some(({ operation }) => operation === "Invoke");
    return waits ? this.#underWay.get(causationId) : undefined;
  }

  #wakerOf(caller: number | undefined, causationId = ""): Waker {
    if (caller !== undefined) return "function";
    if (this.#delivered.has(causationId)) return "rule";
    if (this.#express.has(causationId)) return "Express state machine";
    if (this.#executions.has(causationId)) return "state machine";
    return this.#durable.isRun(causationId) ? "durable execution" : "client";
  }

  #ended({ requestId, atMs }: Extract<Happening, { type: "InvocationEnded" }>): void {
    const run = this.#runs[this.#underWay.get(requestId)!]!;
    run.tookMs = atMs - run.startedMs;
    this.#underWay.delete(requestId);
    this.#idleSinceMs = atMs;
  }

  #published({ source, bytes }: Extract<Happening, { type: "EventPublished" }>): void {
    // What a schedule says is AWS's own event, and free: https://aws.amazon.com/eventbridge/pricing/ (2026-10)
    if (source !== "aws.events") this.#events.push(bytes);
    if (this.#archivedSources.includes(source)) this.#archived.push(bytes);
  }

  #executed({ execution, event, bytes = 0, billed, atMs }: Extract<Happening, { type: "ExecutionEvent" }>): void {
    this.#executionEvents.push(bytes);
    if (!execution.includes(":express:")) {
      this.#executions.add(execution);
      if (isStateTransition(event)) this.#transitions += 1;
      return;
    }
    const known = this.#express.get(execution) ?? {
      startedMs: atMs,
      tookMs: 0,
      calls: 0,
      waitedFor: [],
      isTimedOut: false,
    };
    this.#express.set(execution, known);
    if (billed) known.tookMs = atMs - known.startedMs;
    known.isTimedOut ||= event === "ExecutionTimedOut";
  }

  #tookMs(runs: readonly number[]): number {
    return runs.reduce((sum, index) => sum + this.#runs[index]!.tookMs, 0);
  }

  #called(call: Extract<Happening, { type: "AwsCall" }>): void {
    const { caller, causationId, service, units } = call;
    // An operator who looks whether all is quiet is the meter itself.
    if (caller.endsWith(":root")) return;
    if (causationId === undefined && isWaitedFor(call)) this.#clientWaits = true;
    // What a run did not ask for, the service calls on its behalf.
    const asked = this.#asked.get(causationId ?? "")?.shift();
    const run = asked && this.#runs[this.#underWay.get(causationId!) ?? -1];
    if (run) run.calls += 1;
    const express = this.#express.get(causationId ?? "");
    // A function is told apart: its run says what it took.
    if (express && service !== "lambda") express.calls += 1;
    if (!units) return;
    const of = run && asked.of;
    const to = of === undefined || of === "order-table" ? this.#units : this.#simulatedUnits;
    to.read += units.read;
    to.write += units.write;
  }
}

/** Whether a call is answered only when what it starts has ended. */
const isWaitedFor = ({
  operation,
  input,
}: Pick<Extract<Happening, { type: "AwsCall" }>, "operation" | "input">): boolean =>
  operation === "StartSyncExecution" || (operation === "Invoke" && input["InvocationType"] !== "Event");
