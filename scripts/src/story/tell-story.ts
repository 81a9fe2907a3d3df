import { eventSource } from "@ovsc/shared";
import type { RowChange } from "../runs/log/row-change.ts";
import type { RunLine } from "../runs/log/run-line.ts";
import { DurableExecutions } from "./durable-executions.ts";
import { Executions } from "./executions.ts";
import { Faults } from "./faults.ts";
import { Functions } from "./functions.ts";
import { stepOf } from "./lanes.ts";
import type { Moment, Story } from "./story.ts";
import { Telling } from "./telling.ts";

type Of<Type extends RunLine["type"]> = Extract<RunLine, { type: Type }>;

/**
 * Tells what became of an order.
 * @param lines of `run.ndjson`: all about one order, in one variant; see `aboutOrder`
 * @throws RangeError where there are none
 */
export function tellStory(lines: readonly RunLine[]): Story {
  const first = lines.find((line) => line.orderId !== undefined);
  if (first?.orderId === undefined) throw new RangeError("a story needs at least one line of its order");
  const teller = new Teller();
  for (const line of lines) teller.add(line);
  const { moments, lanes, placed } = teller.end();
  const { orderId, variant, batch } = first;
  return { orderId, variant, batch, placements: [...placed.keys()], lanes: lanes.all, moments };
}

class Teller {
  readonly #telling = new Telling();
  readonly #executions = new Executions(this.#telling);
  readonly #durable = new DurableExecutions();
  readonly #functions = new Functions(this.#telling, this.#executions, this.#durable);
  readonly #faults = new Faults(this.#telling, this.#functions);
  /** By who writes: changes whose call is not told yet, since it is logged after its effect. */
  readonly #changes = new Map<string, { readonly atMs: number; readonly changes: RowChange[] }>();
  /** By event, rule and target: the last attempt to hand it over. */
  readonly #attempts = new Map<string, Moment>();
  readonly #said = new Set<string>();

  add(line: RunLine): void {
    if (line.type === "AwsCall") this.#called(line);
    else if (line.type === "EventPublished") this.#published(line);
    else if (line.type === "Delivery") this.#delivered(line);
    else if (line.type === "InvocationStarted") this.#functions.started(line);
    else if (line.type === "InvocationEnded") {
      this.#tellChanges(line.requestId);
      this.#functions.ended(line);
    } else if (line.type === "ExecutionEvent") this.#executions.add(line);
    else if (line.type === "MessageSent") this.#queued(line);
    else if (line.type === "Fault") this.#faults.add(line);
    else if (line.type === "DurableEvent") this.#durable.add(line);
    else this.#changed(line);
  }

  end(): Telling {
    for (const causationId of this.#changes.keys()) this.#tellChanges(causationId);
    return this.#telling;
  }

  #changed(line: Extract<RunLine, RowChange>): void {
    const { causationId, at, ...rest } = line;
    const { variant: _variant, batch: _batch, orderId: _orderId, realMs: _realMs, ...change } = rest;
    const atMs = Date.parse(at);
    if (change.type === "PlacementChanged" && causationId === undefined) {
      const placed = this.#telling.add({
        kind: "placed",
        cause: this.#telling.placed.get(change.placementId),
        atMs,
        lane: this.#telling.lanes.dependency("order-table"),
        text: change.state,
        arrow: { from: this.#telling.lanes.client(), kind: "call" },
        changes: [change],
      });
      this.#telling.placed.set(change.placementId, placed);
      return;
    }
    const { changes } = this.#changes.get(causationId ?? "") ?? { changes: [] };
    this.#changes.set(causationId ?? "", { atMs, changes: [...changes, change] });
    if (causationId === undefined) this.#tellChanges("");
  }

  /** What was written by a call that the log does not have. */
  #tellChanges(causationId: string): void {
    const written = this.#changes.get(causationId);
    if (!written) return;
    this.#changes.delete(causationId);
    const actor = this.#telling.actor(causationId);
    this.#telling.add({
      kind: "called",
      cause: actor?.last ?? this.#telling.placing(undefined),
      atMs: written.atMs,
      lane: this.#telling.lanes.dependency("order-table"),
      step: actor?.step,
      text: "write",
      arrow: { from: actor?.lane ?? this.#telling.lanes.unknown(), kind: "call" },
      changes: written.changes,
    });
  }

  #called(line: Of<"AwsCall">): void {
    const { causationId = "", caller, service, operation, dependency, resource, error, at } = line;
    // What an event, a try or a message tells already is told once.
    const isTold = service !== "dynamodb" && error === undefined;
    if (isTold || caller.endsWith(".amazonaws.com")) return;
    const { changes = [] } = this.#changes.get(causationId) ?? {};
    this.#changes.delete(causationId);
    const { lanes } = this.#telling;
    const from = this.#telling.laneOf(line.causationId);
    const lane = service === "lambda" ? lanes.target(resource) : lanes.dependency(dependency);
    const late = this.#faults.late(causationId, line);
    const lost = this.#faults.answerLost(causationId);
    const moment = this.#telling.add({
      kind: "called",
      cause: late ?? this.#telling.actor(causationId)?.last ?? this.#telling.placing(undefined),
      atMs: Date.parse(at),
      lane,
      step: this.#telling.actor(causationId)?.step,
      text: operation,
      arrow: { from, kind: "call", ...(lost && { lost: "answer" }) },
      error,
      changes,
    });
    this.#executions.answered(line.causationId, moment);
  }

  #published(line: Of<"EventPublished">): void {
    const { orderId, causationId, bus, source, detailType, detail, eventId, at } = line;
    const { placementId, generation = 1 } = (detail ?? {}) as { placementId?: string; generation?: number };
    if (causationId !== undefined) this.#tellChanges(causationId);
    const actor = this.#telling.actor(causationId);
    const fact = source === eventSource ? `${detailType} ${placementId}.${generation}` : eventId;
    const lane = this.#telling.lanes.bus(bus);
    const lost = this.#faults.answerLost(causationId ?? "");
    const isTick = orderId === undefined && causationId === undefined;
    const last = this.#telling.add({
      kind: "published",
      cause: isTick ? undefined : (actor?.last ?? this.#telling.placing(placementId)),
      atMs: Date.parse(at),
      lane,
      step: actor?.step,
      text: conditionIn(detail) ?? detailType,
      arrow: {
        from: isTick ? this.#telling.lanes.schedule() : this.#telling.laneOf(causationId),
        kind: "event",
        ...(lost && { lost: "answer" }),
      },
      ...(this.#said.has(fact) && { isDuplicate: true }),
    });
    this.#said.add(fact);
    this.#telling.actors.set(eventId, { lane, step: actor?.step, last });
  }

  #delivered({ rule, target, eventId, attempt, error, at }: Of<"Delivery">): void {
    const event = this.#telling.actors.get(eventId);
    const lane = this.#telling.lanes.target(target);
    const key = `${eventId} ${rule} ${target}`;
    const before = this.#attempts.get(key);
    const index = this.#telling.add({
      kind: "delivered",
      cause: before?.error === undefined ? event?.last : before.index,
      atMs: Date.parse(at),
      lane,
      step: stepOf(target),
      text: event ? this.#telling.moments[event.last - 1]!.text : rule,
      arrow: { from: event?.lane ?? this.#telling.lanes.unknown(), kind: "event", ...(error && { lost: "request" }) },
      attempt,
      error,
      ...(before && before.error === undefined && { isDuplicate: true }),
    });
    this.#attempts.set(key, this.#telling.moments[index - 1]!);
    if (error === undefined) this.#functions.delivered(eventId, lane, index);
  }

  #queued({ causationId, queue, at }: Of<"MessageSent">): void {
    const attempts = [...this.#attempts].filter(([key]) => causationId && key.startsWith(`${causationId} `));
    const failed = attempts.findLast(([, { error }]) => error !== undefined)?.[1].index;
    const actor = this.#telling.actor(causationId);
    this.#telling.add({
      kind: "queued",
      cause: failed ?? actor?.last ?? this.#telling.placing(undefined),
      atMs: Date.parse(at),
      lane: this.#telling.lanes.queue(queue),
      step: failed === undefined ? actor?.step : this.#telling.moments[failed - 1]!.step,
      text: "dead letter",
      arrow: { from: this.#telling.laneOf(causationId), kind: "event" },
    });
  }
}

/**
 * Why an event left Lambda's queue, in the words of the record that says so: `RetriesExhausted`, `EventAgeExceeded`.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
function conditionIn(detail: unknown): string | undefined {
  const { requestContext } = (detail ?? {}) as { requestContext?: { readonly condition?: string } };
  return requestContext?.condition;
}
