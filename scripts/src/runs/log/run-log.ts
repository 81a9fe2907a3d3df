import type { Happening } from "@ovsc/local";
import { dependencyOf } from "../../faults/struck.ts";
import type { BatchLog, OwnedLine } from "./batch-log.ts";
import { changeOf, type RowChange } from "./row-change.ts";
import { type RunLine, stepOf } from "./run-line.ts";

/** Writes what happens as lines of `run.ndjson`. Every later view of a run reads that file. */
export class RunLog {
  readonly #variant: string;
  readonly #beganMs: number;
  #lines: OwnedLine[] = [];
  #paths = new Map<string, string[]>();
  /** The last status of each order of the batch, by its id. */
  #statuses = new Map<string, string>();
  #batch = "";

  /** @param beganMs when the run began, in milliseconds since 1970 */
  constructor(variant: string, beganMs: number) {
    this.#variant = variant;
    this.#beganMs = beganMs;
  }

  /** Names the batch that the following happenings belong to. */
  begin(batch: string): void {
    this.#batch = batch;
    this.#statuses = new Map();
  }

  add(happening: Happening): void {
    const { change, orderId = happening.correlationId } = changeOf(happening) ?? {};
    if (change && !this.#isKnown(change, orderId)) {
      this.#write({ ...this.#circumstances({ ...happening, correlationId: orderId }), ...change });
    }
    const details = detailsOf(happening);
    if (details) this.#write({ ...this.#circumstances(happening), ...details });
  }

  /** A write that notes something else of the row leaves its status as it is. */
  #isKnown(change: RowChange, orderId = ""): boolean {
    if (change.type !== "StatusChanged") return false;
    const isSame = this.#statuses.get(orderId) === change.status;
    this.#statuses.set(orderId, change.status);
    return isSame;
  }

  /** @returns what happened since it was last asked */
  take(): BatchLog {
    const log = { lines: this.#lines, paths: this.#paths };
    this.#lines = [];
    this.#paths = new Map();
    return log;
  }

  /** The type holds the writer to what a reader may expect. */
  #write(line: RunLine): void {
    const { orderId } = line;
    this.#lines.push({ orderId, text: `${JSON.stringify(line)}\n` });
    const step = stepOf(line);
    if (orderId === undefined || step === undefined) return;
    const path = this.#paths.get(orderId);
    if (path) path.push(step);
    else this.#paths.set(orderId, [step]);
  }

  #circumstances({ atMs, correlationId, causationId }: Trace) {
    const realMs = Math.round(1000 * (performance.timeOrigin + performance.now() - this.#beganMs)) / 1000;
    return {
      variant: this.#variant,
      batch: this.#batch,
      ...(correlationId !== undefined && { orderId: correlationId }),
      ...(causationId !== undefined && { causationId }),
      at: new Date(atMs).toISOString(),
      realMs,
    };
  }
}

interface Trace {
  readonly atMs: number;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
}

/** What a line tells of a happening beside its circumstances; nothing for what has no line. */
function detailsOf(happening: Happening) {
  const {
    sequence: _sequence,
    atMs: _atMs,
    correlationId: _correlationId,
    causationId: _causationId,
    ...rest
  } = happening;
  if (rest.type === "Log" || rest.type === "ItemChanged") return undefined;
  if (rest.type === "AwsCall") {
    const { input, ...details } = rest;
    return { ...details, ...asked({ ...rest, input }) };
  }
  if (rest.type !== "Fault") return rest;
  const { call, ...details } = rest;
  return { ...details, ...(call && asked(call)) };
}

function asked(call: Parameters<typeof dependencyOf>[0]) {
  const dependency = dependencyOf(call);
  return dependency && { dependency };
}
