import type { Happening } from "@ovsc/local";

/**
 * Writes what happens as lines of `run.ndjson`: one for each thing, with the order it belongs to (`orderId`), what led
 * to it (`causationId`), virtual time (`at`) and real time (`realMs`, milliseconds since the run began). Every later
 * view of a run reads this file.
 */
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
    if (status) this.#write(happening, { type: "StatusChanged", ...status });
    // What the steps log and what the table holds can be told from the rest, and would be half of the file.
    if (happening.type === "Log" || happening.type === "ItemChanged") return;
    const {
      sequence: _sequence,
      atMs: _atMs,
      correlationId: _correlationId,
      causationId: _causationId,
      ...details
    } = happening;
    this.#write(happening, details);
  }

  /** @returns the lines since it was last asked */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }

  #write({ atMs, correlationId, causationId }: Happening, details: object): void {
    const realMs = Math.round(1000 * (performance.timeOrigin + performance.now() - this.#beganMs)) / 1000;
    const place = {
      variant: this.#variant,
      batch: this.#batch,
      orderId: correlationId,
      causationId,
      at: new Date(atMs).toISOString(),
      realMs,
    };
    this.#text += `${JSON.stringify({ ...place, ...details })}\n`;
  }
}

/** The status that an order row was written with: items are in DynamoDB's own JSON. */
function statusIn(happening: Happening): { status: string } | undefined {
  if (happening.type !== "ItemChanged") return undefined;
  const { sk, status } = (happening.newImage ?? {}) as Record<string, { S?: string } | undefined>;
  return sk?.S === "ORDER" && status?.S !== undefined ? { status: status.S } : undefined;
}
