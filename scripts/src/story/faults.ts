import type { RunLine } from "../runs/log/run-line.ts";
import type { Functions } from "./functions.ts";
import { stepOf } from "./lanes.ts";
import type { Telling } from "./telling.ts";

type Line = Extract<RunLine, { type: "Fault" }>;

/** Tells where injected faults struck, and what was lost by them. */
export class Faults {
  readonly #telling: Telling;
  readonly #functions: Functions;
  /** Who will not hear the answer to a call that is told next. */
  readonly #answersLost = new Set<string>();
  /** By who called: faults after which the effect comes late. */
  readonly #late = new Map<string, { readonly dueMs: number; readonly operation: string; readonly moment: number }[]>();

  constructor(telling: Telling, functions: Functions) {
    this.#telling = telling;
    this.#functions = functions;
  }

  add(line: Line): void {
    const [who = "", what] = line.where.split(", ");
    if (what?.includes(" ")) this.#ofCall(line, what);
    else if (what !== undefined) this.#ofRecord(line, who, what);
    else if (who.startsWith("delivery of ")) this.#ofDelivery(line);
    else this.#ofTry(line, who.replace("queue of ", ""), who.startsWith("queue of "));
  }

  /** True once for a call that had its effect and whose answer was lost. */
  answerLost = (causationId: string): boolean => this.#answersLost.delete(causationId);

  /** @returns the fault that a call follows from whose effect comes late; nothing for any other call */
  late(
    causationId: string,
    { at, operation }: { readonly at: string; readonly operation: string },
  ): number | undefined {
    const found = this.#late
      .get(causationId)
      ?.find((each) => each.dueMs === Date.parse(at) && each.operation === operation);
    return found?.moment;
  }

  #ofCall(line: Line, what: string): void {
    const { causationId = "", fault, dependency, at } = line;
    const atMs = Date.parse(at);
    const [service, operation = ""] = what.split(" ");
    const actor = this.#telling.actor(causationId);
    const from = actor?.lane ?? this.#telling.lanes.unknown();
    const hasEffect = /^(crash after|lose answer|answerAfterMs)/.test(fault);
    if (fault === "crash after" || fault === "lose answer") this.#answersLost.add(causationId);
    const strikesLane = !hasEffect && service !== "lambda";
    const moment = this.#struck(line, {
      cause: actor?.last,
      lane: strikesLane ? this.#telling.lanes.dependency(dependency) : from,
      step: actor?.step,
      ...(strikesLane && { arrow: { from, kind: "call" as const, lost: "request" as const } }),
      text: `${fault}: ${operation}`,
    });
    const [, laterMs] = /^effectAfterMs (\d+)/.exec(fault) ?? [];
    if (laterMs === undefined) return;
    const late = { dueMs: atMs + Number(laterMs), operation, moment };
    this.#late.set(causationId, [...(this.#late.get(causationId) ?? []), late]);
  }

  /** The record of an event that left Lambda's queue never came to its destination. */
  #ofRecord(line: Line, functionName: string, destination: string): void {
    const from = this.#telling.lanes.function(functionName);
    this.#struck(line, {
      cause: this.#functions.beforeTry(line.causationId, from),
      lane: this.#telling.lanes.target(destination),
      step: stepOf(functionName),
      arrow: { from, kind: "event", lost: "request" },
      text: line.fault,
    });
  }

  #ofDelivery(line: Line): void {
    const event = this.#telling.actor(line.causationId);
    const lane = event?.lane ?? this.#telling.lanes.unknown();
    this.#struck(line, { cause: event?.last, lane, step: event?.step, text: `${line.fault}: ${line.where}` });
  }

  #ofTry(line: Line, functionName: string, isQueue: boolean): void {
    const { causationId, fault } = line;
    const lane = this.#telling.lanes.function(functionName);
    const cause = this.#functions.beforeTry(causationId, lane);
    const moment = this.#struck(line, { cause, lane, step: stepOf(functionName), text: fault });
    if (!isQueue) this.#functions.turnedDown(causationId, lane, moment);
  }

  #struck({ at }: Line, draft: Omit<Parameters<Telling["add"]>[0], "kind" | "atMs">): number {
    return this.#telling.add({ ...draft, kind: "struck", atMs: Date.parse(at) });
  }
}
