import type { RunLine } from "../runs/log/run-line.ts";
import type { DurableExecutions } from "./durable-executions.ts";
import type { Executions } from "./executions.ts";
import { stepOf } from "./lanes.ts";
import type { Actor, Telling } from "./telling.ts";

type Of<Type extends RunLine["type"]> = Extract<RunLine, { type: Type }>;

/** A request to run a function: Lambda's queue tries it until it succeeds or is given up. */
interface Request extends Actor {
  readonly causationId: string | undefined;
  /** The lane that waits for its answer. */
  readonly caller: string | undefined;
  /** The delivery, or whatever else it was made by. */
  readonly madeBy: number | undefined;
  /** The latest try of it, by Lambda's count and as it is told. */
  attempt: number;
  told: number;
}

/** Tells the tries of functions, and which delivery, throttle or failed try each follows from. */
export class Functions {
  readonly #telling: Telling;
  readonly #executions: Executions;
  readonly #durable: DurableExecutions;
  readonly #requests = new Map<string, Request>();
  /** By event and function: deliveries, of which some have been followed by a request. */
  readonly #delivered = new Map<string, { readonly moments: number[]; followed: number }>();
  /** By what led to it and function: a try that was turned down before it ran. */
  readonly #turnedDown = new Map<string, number>();

  constructor(telling: Telling, executions: Executions, durable: DurableExecutions) {
    this.#telling = telling;
    this.#executions = executions;
    this.#durable = durable;
  }

  delivered(eventId: string, lane: string, moment: number): void {
    const key = keyOf(eventId, lane);
    const delivered = this.#delivered.get(key) ?? { moments: [], followed: 0 };
    delivered.moments.push(moment);
    this.#delivered.set(key, delivered);
  }

  /** What a fault follows from that keeps a function from running; `turnedDown` then says which moment it is. */
  beforeTry(causationId: string | undefined, lane: string): number | undefined {
    if (this.#executions.laneOf(causationId) !== undefined) return this.#maker(causationId);
    const failed = [...this.#requests.values()].findLast(
      (request) => request.causationId === causationId && request.lane === lane,
    );
    const key = keyOf(causationId, lane);
    return (
      this.#turnedDown.get(key) ?? failed?.last ?? this.#delivered.get(key)?.moments.at(-1) ?? this.#maker(causationId)
    );
  }

  turnedDown(causationId: string | undefined, lane: string, moment: number): void {
    // An execution is told itself, and tries again by itself.
    if (this.#executions.laneOf(causationId) === undefined) this.#turnedDown.set(keyOf(causationId, lane), moment);
  }

  started({ functionName, requestId, causationId, asynchronous, attempt, at }: Of<"InvocationStarted">): void {
    const lane = this.#telling.lanes.function(functionName);
    const step = stepOf(functionName);
    const known = this.#requests.get(requestId);
    const key = keyOf(causationId, lane);
    const delivery = known ? undefined : this.#nextDelivery(key);
    const madeBy = known?.madeBy ?? delivery ?? this.#maker(causationId);
    const isAgain = known !== undefined && attempt <= known.attempt;
    const retried = known && !isAgain ? known.last : undefined;
    const waitedFor = () => this.#executions.tried(causationId) ?? this.#durable.tried(causationId, lane) ?? 1;
    const told = asynchronous ? attempt : waitedFor();
    const isDuplicate = isAgain || (delivery !== undefined && this.#telling.moments[delivery - 1]!.isDuplicate);
    const last = this.#telling.add({
      kind: "started",
      cause: this.#turnedDown.get(key) ?? retried ?? madeBy,
      atMs: Date.parse(at),
      lane,
      step,
      text: step ?? lane,
      attempt: told,
      // Nobody hands over what waits in Lambda's queue.
      ...(known === undefined &&
        delivery === undefined && {
          arrow: {
            from: this.#telling.laneOf(causationId),
            kind: asynchronous ? ("event" as const) : ("call" as const),
          },
        }),
      ...(isDuplicate && { isDuplicate }),
    });
    this.#turnedDown.delete(key);
    const caller = asynchronous ? undefined : this.#telling.laneOf(causationId);
    const request = { lane, step, last, causationId, caller, madeBy, attempt, told };
    this.#requests.set(requestId, request);
    this.#telling.actors.set(requestId, request);
  }

  ended({ requestId, causationId, error, at }: Of<"InvocationEnded">): void {
    const request = this.#requests.get(requestId);
    if (!request) return;
    const { lane, step, last: cause, told: attempt, caller } = request;
    const text = error === undefined ? "succeeded" : "failed";
    const ended = { kind: "ended" as const, cause, atMs: Date.parse(at), step, text, attempt, error };
    if (caller === undefined) request.last = this.#telling.add({ ...ended, lane });
    else {
      request.last = this.#telling.add({ ...ended, lane: caller, arrow: { from: lane, kind: "answer" } });
      this.#executions.answered(causationId, request.last);
    }
  }

  /** Deliveries and requests follow one another in the same order. */
  #nextDelivery(key: string): number | undefined {
    const delivered = this.#delivered.get(key);
    if (!delivered) return undefined;
    delivered.followed += 1;
    return delivered.moments[delivered.followed - 1] ?? delivered.moments.at(-1);
  }

  #maker = (causationId: string | undefined): number | undefined =>
    causationId === undefined ? this.#telling.placing(undefined) : this.#telling.actor(causationId)?.last;
}

const keyOf = (causationId: string | undefined, lane: string): string => `${causationId ?? ""} ${lane}`;
