import type { Clock } from "../../clock.ts";
import type { Trace } from "../../history.ts";
import { arn } from "../../identity.ts";
import type { BusEvent, EventParts } from "../event.ts";
import type { EventPattern } from "../pattern/event-pattern.ts";
import { compilePattern } from "../rule/compile-pattern.ts";

export interface ArchiveDescription {
  readonly name: string;
  /** The bus whose events are kept. */
  readonly sourceArn: string;
  readonly description: string | undefined;
  readonly patternText: string | undefined;
  /** 0 keeps events for good. */
  readonly retentionDays: number;
}

export interface ArchivedEvent {
  readonly parts: EventParts;
  readonly receivedAtMs: number;
  readonly trace: Trace;
  readonly sizeBytes: number;
}

const dayMs = 86_400_000;

/**
 * The events of a bus that match a pattern, in the order they came. A replayed event is not kept again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export class Archive {
  readonly description: ArchiveDescription;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly #clock: Clock;
  readonly #pattern: EventPattern | undefined;
  readonly #kept: ArchivedEvent[] = [];
  #expired = 0;

  constructor(description: ArchiveDescription, region: string, clock: Clock) {
    this.description = description;
    this.arn = arn("events", region, `archive/${description.name}`);
    this.createdAtMs = clock.nowMs;
    this.#clock = clock;
    this.#pattern = description.patternText === undefined ? undefined : compilePattern(description.patternText);
  }

  keep(event: BusEvent): void {
    if (event.parts.replayName !== undefined || (this.#pattern && !this.#pattern.matches(event.flat))) return;
    const { parts, receivedAtMs, trace, text } = event;
    this.#kept.push({ parts, receivedAtMs, trace, sizeBytes: Buffer.byteLength(text) });
  }

  clear(): void {
    this.#kept.length = 0;
    this.#expired = 0;
  }

  /** What retention has not ended. */
  get events(): readonly ArchivedEvent[] {
    const { retentionDays } = this.description;
    const oldestMs = retentionDays === 0 ? -Infinity : this.#clock.nowMs - retentionDays * dayMs;
    while (this.#expired < this.#kept.length && this.#kept[this.#expired]!.receivedAtMs < oldestMs) this.#expired += 1;
    return this.#kept.slice(this.#expired);
  }

  /** By the time of the events; the start belongs to the range. */
  between(startMs: number, endMs: number): readonly ArchivedEvent[] {
    return this.events.filter(({ parts }) => parts.timeMs >= startMs && parts.timeMs < endMs);
  }
}
