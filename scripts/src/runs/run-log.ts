import type { Happening } from "@ovsc/local";
import type { BatchLog, OwnedLine } from "./batch-log.ts";
import { type RunLine, stepOf } from "./run-line.ts";

/** Writes what happens as lines of `run.ndjson`. Every later view of a run reads that file. */
export class RunLog {
  readonly #variant: string;
  readonly #beganMs: number;
  #lines: OwnedLine[] = [];
  #paths = new Map<string, string[]>();
  /** The last status of each order of the batch, by its row's key. */
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
    const { pk, status } = statusIn(happening) ?? {};
    // A write that notes something else of the row leaves its status as it is.
    if (pk !== undefined && status !== undefined && this.#statuses.get(pk) !== status) {
      this.#statuses.set(pk, status);
      this.#write({ ...this.#circumstances(happening), type: "StatusChanged", status });
    }
    if (happening.type === "Log" || happening.type === "ItemChanged") return;
    const {
      sequence: _sequence,
      atMs: _atMs,
      correlationId: _correlationId,
      causationId: _causationId,
      ...details
    } = happening;
    this.#write({ ...this.#circumstances(happening), ...details });
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

  #circumstances({ atMs, correlationId, causationId }: Happening) {
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

/** An order row's key and the status it was written with: items are in DynamoDB's own JSON. */
function statusIn(happening: Happening): { pk: string | undefined; status: string | undefined } | undefined {
  if (happening.type !== "ItemChanged") return undefined;
  const { pk, sk, status } = (happening.newImage ?? {}) as Record<string, { S?: string } | undefined>;
  return sk?.S === "ORDER" ? { pk: pk?.S, status: status?.S } : undefined;
}
