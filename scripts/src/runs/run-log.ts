import type { Happening } from "@ovsc/local";
import type { RunLine } from "./run-line.ts";

/** Writes what happens as lines of `run.ndjson`. Every later view of a run reads that file. */
export class RunLog {
  readonly #variant: string;
  readonly #beganMs: number;
  #text = "";
  #batch = "";

  /** @param beganMs when the run began, in milliseconds since 1970 */
  constructor(variant: string, beganMs: number) {
    this.#variant = variant;
    this.#beganMs = beganMs;
  }

  /** Names the batch that the following happenings belong to. */
  begin(batch: string): void {
    this.#batch = batch;
  }

  add(happening: Happening): void {
    const status = statusIn(happening);
    if (status !== undefined)
      this.#text += lineOf({ ...this.#circumstances(happening), type: "StatusChanged", status });
    if (happening.type === "Log" || happening.type === "ItemChanged") return;
    const {
      sequence: _sequence,
      atMs: _atMs,
      correlationId: _correlationId,
      causationId: _causationId,
      ...details
    } = happening;
    this.#text += lineOf({ ...this.#circumstances(happening), ...details });
  }

  /** @returns the lines since it was last asked */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
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

/** The type holds the writer to what a reader may expect. */
const lineOf = (line: RunLine): string => `${JSON.stringify(line)}\n`;

/** The status that an order row was written with: items are in DynamoDB's own JSON. */
function statusIn(happening: Happening): string | undefined {
  if (happening.type !== "ItemChanged") return undefined;
  const { sk, status } = (happening.newImage ?? {}) as Record<string, { S?: string } | undefined>;
  return sk?.S === "ORDER" ? status?.S : undefined;
}
