import { type Faults, type Happening, inOrder } from "@ovsc/local";
import type { Placement, Profile } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import { type Dependency, isStateTransition, type Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { synthesizeThin } from "../clouds/synthesize.ts";
import { dependencyOf } from "../faults/struck.ts";
import { batchOf } from "../orders/batches.ts";
import type { Scenario } from "../orders/scenarios.ts";
import type { Metered, Waker } from "./metered.ts";

/** Runs scenarios through one variant's embedded cloud, and takes note of all that AWS would bill. */
export class Meter {
  readonly #deployment: LocalDeployment;
  readonly #switch: { reading: Reading | undefined };

  private constructor(deployment: LocalDeployment, reading: { reading: Reading | undefined }) {
    this.#deployment = deployment;
    this.#switch = reading;
  }

  static async open(variant: Variant, profile: Profile): Promise<Meter> {
    const on: { reading: Reading | undefined } = { reading: undefined };
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant, { profile }),
      thin: true,
      choices: inOrder,
      // Its ticks are on the bill of every month.
      sweeper: "on",
      faults: { onAwsCall: (call) => on.reading?.onAwsCall(call) },
      onHappening: (happening) => on.reading?.add(happening),
    });
    return new Meter(deployment, on);
  }

  /** Filling the shelf before and reading the evidence after is the test's work, and not on the bill. */
  async run(scenario: Scenario): Promise<Metered> {
    const { placements, stock: shelf } = batchOf(scenario, "-bill");
    const { table, coordination } = this.#deployment;
    for (const [sku, units] of Object.entries(shelf)) await stock(table, sku, units);
    return this.#while(placements, async () => {
      for (const placement of placements) await coordination.place(placement);
      await this.#deployment.settle(
        placements.map(({ placementId, order }) => ({ placementId, orderId: order.orderId })),
      );
    });
  }

  /** What happens in so many seconds while there is nothing to do. */
  idle(seconds: number): Promise<Metered> {
    return this.#while([], () => this.#deployment.pass(seconds));
  }

  async #while(placements: readonly Placement[], act: () => Promise<void>): Promise<Metered> {
    const reading = (this.#switch.reading = new Reading());
    try {
      await act();
    } finally {
      this.#switch.reading = undefined;
    }
    return reading.metered(placements);
  }
}

/** An invocation while it is read. */
interface Run {
  readonly functionName: string;
  readonly wokenBy: Waker;
  readonly startedMs: number;
  calls: number;
  virtualMs: number;
  readonly waitedFor: number[];
}

/** What a meter has read since it was switched on. */
class Reading {
  #beganMs: number | undefined;
  #endedMs = 0;
  readonly #runs: Run[] = [];
  /** Events that a rule handed to a target, by their ids. */
  readonly #delivered = new Set<string>();
  /** The run under way of each request, by its id. */
  readonly #underWay = new Map<string, number>();
  /** What the calls that a request has under way ask of, in their order. */
  readonly #asked = new Map<string, (Dependency | undefined)[]>();
  readonly #units = { read: 0, write: 0 };
  readonly #simulatedUnits = { read: 0, write: 0 };
  readonly #events: number[] = [];
  readonly #messages: number[] = [];
  readonly #executions = new Set<string>();
  readonly #executionEvents: number[] = [];
  #transitions = 0;
  #functionLogBytes = 0;

  onAwsCall(call: Parameters<NonNullable<Faults["onAwsCall"]>>[0]): undefined {
    const asked = this.#asked.get(call.requestId) ?? [];
    this.#asked.set(call.requestId, [...asked, dependencyOf(call)]);
  }

  add(happening: Happening): void {
    this.#beganMs ??= happening.atMs;
    switch (happening.type) {
      case "InvocationStarted":
        return this.#started(happening);
      case "InvocationEnded":
        return this.#ended(happening);
      case "AwsCall":
        return this.#called(happening);
      case "EventPublished":
        // What a schedule says is AWS's own event, and free: https://aws.amazon.com/eventbridge/pricing/ (2026-10)
        if (happening.source !== "aws.events") this.#events.push(happening.bytes);
        return;
      case "MessageSent":
        return void this.#messages.push(happening.bytes);
      case "Log":
        this.#functionLogBytes += happening.bytes;
        return;
      case "ExecutionEvent":
        this.#executions.add(happening.execution);
        this.#executionEvents.push(happening.bytes ?? 0);
        if (isStateTransition(happening.event)) this.#transitions += 1;
        return;
      case "Delivery":
        return void this.#delivered.add(happening.eventId);
      case "Fault":
      case "ItemChanged":
    }
  }

  metered(placements: readonly Placement[]): Metered {
    return {
      orders: placements.length,
      placings: placements.length,
      executions: this.#executions.size,
      waitedMs: this.#endedMs - (this.#beganMs ?? this.#endedMs),
      transitions: this.#transitions,
      events: this.#events,
      invocations: this.#runs.map(({ startedMs: _startedMs, ...run }) => run),
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
    atMs,
  }: Extract<Happening, { type: "InvocationStarted" }>) {
    const caller = asynchronous ? undefined : this.#underWay.get(causationId ?? "");
    const wokenBy = this.#wakerOf(caller, causationId);
    const run = { functionName, wokenBy, startedMs: atMs, calls: 0, virtualMs: 0, waitedFor: [] } as const;
    const index = this.#runs.push({ ...run, waitedFor: [] }) - 1;
    if (caller !== undefined) this.#runs[caller]!.waitedFor.push(index);
    this.#underWay.set(requestId, index);
  }

  #wakerOf(caller: number | undefined, causationId = ""): Waker {
    if (caller !== undefined) return "function";
    if (this.#delivered.has(causationId)) return "rule";
    return this.#executions.size > 0 ? "state machine" : "client";
  }

  #ended({ requestId, atMs }: Extract<Happening, { type: "InvocationEnded" }>): void {
    const run = this.#runs[this.#underWay.get(requestId)!]!;
    run.virtualMs = atMs - run.startedMs;
    this.#endedMs = atMs;
    this.#underWay.delete(requestId);
  }

  #called({ caller, causationId, units }: Extract<Happening, { type: "AwsCall" }>): void {
    // An operator who looks whether all is quiet is the meter itself.
    if (caller.endsWith(":root")) return;
    const run = this.#runs[this.#underWay.get(causationId ?? "") ?? -1];
    const dependency = run && this.#asked.get(causationId!)?.shift();
    if (run) run.calls += 1;
    if (!units) return;
    const to = dependency === undefined || dependency === "order-table" ? this.#units : this.#simulatedUnits;
    to.read += units.read;
    to.write += units.write;
  }
}
