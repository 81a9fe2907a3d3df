import type { Happening } from "@ovsc/local";

/** What a schedule wakes looks once where it finds nothing. */
const callsOfAnIdleTick = 1;

/** Hands on what happens but for the runs that a schedule woke and that found nothing to do. */
export class BusyTicks {
  readonly #handOn: (happening: Happening) => void;
  readonly #scheduled = new Set<string>();
  /** What a run did that a schedule woke, until it is known whether it found anything: by its request. */
  readonly #runs = new Map<string, Happening[]>();

  constructor(handOn: (happening: Happening) => void) {
    this.#handOn = handOn;
  }

  add(happening: Happening): void {
    const { type } = happening;
    if (type === "EventPublished" && happening.source === "aws.events") this.#scheduled.add(happening.eventId);
    const requestId = requestOf(happening);
    if (type === "InvocationStarted" && this.#scheduled.has(happening.causationId ?? "")) this.#runs.set(requestId, []);
    const run = this.#runs.get(requestId);
    if (!run) return this.#handOn(happening);
    run.push(happening);
    if (type !== "InvocationEnded") return;
    this.#runs.delete(requestId);
    const calls = run.filter((each) => each.type === "AwsCall").length;
    if (calls > callsOfAnIdleTick) for (const each of run) this.#handOn(each);
  }
}

/** @returns the request of the run whose own a thing is; nothing where it is nobody's */
function requestOf(happening: Happening): string {
  if (happening.type === "AwsCall") return happening.causationId ?? "";
  return "requestId" in happening ? happening.requestId : "";
}
