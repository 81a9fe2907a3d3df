import type { HappeningDetails, Trace } from "../history.ts";
import { account } from "../identity.ts";
import { losesDigits, parseForMatching } from "./pattern/event-text.ts";
import { FlatEvent } from "./pattern/flat-event.ts";

/** What PutEvents says of an event, once it is known to be valid. */
export interface EventParts {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** JSON text of an object. */
  readonly detail: string;
  readonly resources: readonly string[];
  /** Virtual milliseconds since 1970. */
  readonly timeMs: number;
  /** What PutEvents counts of its entry, without the lines of stack traces. */
  readonly bytes: number;
  readonly replayName?: string;
}

/**
 * An event on a bus, in the envelope AWS gives it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
export class BusEvent {
  readonly parts: EventParts;
  readonly trace: Trace;
  /** When EventBridge received it, in virtual milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** The whole event as JSON text, without spaces, its detail's numbers as they were written. */
  readonly text: string;
  readonly #region: string;
  #detail: unknown;
  #envelope: Record<string, unknown> | undefined;
  #flat: FlatEvent | undefined;

  /** @param detail what `parts.detail` says, for whoever has parsed it already */
  constructor(parts: EventParts, receivedAtMs: number, region: string, trace: Trace, detail?: unknown) {
    this.parts = parts;
    this.trace = trace;
    this.receivedAtMs = receivedAtMs;
    this.#region = region;
    this.#detail = detail;
    const head = JSON.stringify(this.#fields());
    this.text = `${head.slice(0, -1)},"detail":${withoutSpaces(parts.detail)}}`;
  }

  /** The detail, parsed; nobody may change it. */
  get detail(): unknown {
    return (this.#detail ??= JSON.parse(this.parts.detail));
  }

  /** The whole event, parsed; nobody may change it. */
  get envelope(): Readonly<Record<string, unknown>> {
    return (this.#envelope ??= { ...this.#fields(), detail: this.detail });
  }

  /** The event as patterns see it. */
  get flat(): FlatEvent {
    if (this.#flat) return this.#flat;
    const { detail } = this.parts;
    return (this.#flat = new FlatEvent(
      losesDigits(detail) ? { ...this.envelope, detail: parseForMatching(detail) } : this.envelope,
    ));
  }

  /** How its arrival on a bus stands in the history of the cloud. */
  published(bus: string): HappeningDetails {
    const { id: eventId, source, detailType, bytes } = this.parts;
    return { type: "EventPublished", bus, eventId, source, detailType, detail: this.detail, bytes };
  }

  #fields(): Record<string, unknown> {
    const { id, source, detailType, resources, timeMs, replayName } = this.parts;
    return {
      version: "0",
      id,
      "detail-type": detailType,
      source,
      account,
      time: isoSeconds(timeMs),
      region: this.#region,
      resources,
      ...(replayName === undefined ? {} : { "replay-name": replayName }),
    };
  }
}

export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Drops white space outside strings, and nothing else: numbers keep the digits they were written with. */
const withoutSpaces = (json: string): string => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
