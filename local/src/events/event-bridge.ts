import type { Choices } from "../choices.ts";
import type { Clock } from "../clock.ts";
import type { Correlate } from "../correlation.ts";
import type { ServiceDescriptor } from "../descriptor.ts";
import { door, type Call, type Operations } from "../door/door.ts";
import type { Faults } from "../faults/faults.ts";
import type { History } from "../history.ts";
import type { Ids } from "../identity.ts";
import type { Api, Caller, Service } from "../service.ts";
import { archiveOperations, type Replays } from "./archive/archive-operations.ts";
import { Archive } from "./archive/archive.ts";
import type { ArchiveDescription } from "./archive/archive.ts";
import { Buses } from "./buses.ts";
import { eventTargets } from "./delivery/event-target.ts";
import { forwardedEvent } from "./delivery/forwarded.ts";
import type { PublishOptions } from "./delivery/publish.ts";
import { publish } from "./delivery/publish.ts";
import { Ticks } from "./delivery/ticks.ts";
import { BusEvent } from "./event.ts";
import { text } from "./parameters.ts";
import type { Input } from "./parameters.ts";
import type { Entry } from "./put-events.ts";
import { checkEntry, partsOf, readEntries } from "./put-events.ts";
import { testEventPattern } from "./rule/compile-pattern.ts";
import { ruleOperations, takes } from "./rule/rule-operations.ts";
import type { Rule } from "./rule/rule.ts";
import { words } from "./words.ts";

export interface EventBridgeOptions {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly history: History;
  readonly faults?: Faults;
  readonly api: Api;
  readonly ids: Ids;
  readonly region: string;
  /** Those that can be targets of rules. */
  readonly services: readonly ServiceDescriptor[];
  /** The correlation id of an event whose publisher has none, from its parsed detail. */
  readonly correlate?: Correlate | undefined;
  /** Asks `choices` for each delivery whether it happens twice, as at-least-once delivery allows. */
  readonly duplicates?: boolean;
}

/**
 * Amazon EventBridge's event buses of rules and targets ("Custom Event Bus - Classic").
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/
 */
export class EventBridge implements Service {
  readonly buses: Buses;
  readonly #options: EventBridgeOptions;
  readonly #publish: PublishOptions;
  readonly #scheduled: (rule: Rule) => void;
  readonly #replays: Replays = new Map();
  readonly call: Call;

  constructor(options: EventBridgeOptions) {
    this.#options = options;
    const { faults = {}, duplicates = false } = options;
    this.#publish = { ...options, faults, duplicates };
    const ticks = new Ticks({ ...this.#publish, ids: options.ids });
    const scheduled = (rule: Rule) => ticks.start(rule);
    this.#scheduled = scheduled;
    this.buses = new Buses(options.region, options.clock, { targets: eventTargets(options.services), scheduled });
    const operations: Operations = {
      PutEvents: (input, caller) => this.#putEvents(input, caller),
      TestEventPattern: (input) => ({ Result: testEventPattern(text(input, "EventPattern")!, text(input, "Event")!) }),
      ...ruleOperations(this.buses),
      ...archiveOperations(this.buses, this.#replays, this.#publish),
    };
    this.call = door({ service: "events", operations, takes, words });
  }

  /** Forgets archived events and replays, and lets schedules begin anew: buses, rules and archives stay. */
  reset(): void {
    this.#replays.clear();
    for (const bus of this.buses) {
      for (const archive of bus.archives.values()) archive.clear();
      for (const rule of bus.rules.values()) this.#scheduled(rule);
    }
  }

  createArchive(description: ArchiveDescription): Archive {
    const archive = new Archive(description, this.#options.region, this.#options.clock);
    this.buses.get(description.sourceArn).archives.set(description.name, archive);
    return archive;
  }

  /** Entries are answered in their order; one that is wrong keeps none of the others back. */
  #putEvents(input: Input, caller: Caller): unknown {
    const event = forwardedEvent(input);
    const entries = readEntries(input);
    const answers = entries.map((entry) => (event ? this.#forward(event, entry) : this.#accept(entry, caller)));
    return { FailedEntryCount: answers.filter((answer) => "ErrorCode" in answer).length, Entries: answers };
  }

  #accept(entry: Entry, caller: Caller): object {
    const checked = checkEntry(entry);
    if ("error" in checked) return checked.error;
    const { clock, ids, region, correlate } = this.#options;
    const parts = partsOf(entry, ids.uuid(), clock.nowMs);
    const { correlationId, causationId } = caller.trace;
    const trace = { correlationId: correlationId ?? correlate?.(checked.detail), causationId };
    const event = new BusEvent(parts, clock.nowMs, region, trace, checked.detail);
    const bus = this.buses.find(entry.EventBusName);
    if (bus) publish(event, bus, this.#publish);
    // AWS takes an event for a bus that does not exist and drops it; only the history shows it.
    else this.#options.history.record(trace, event.published(this.buses.nameOf(entry.EventBusName)));
    return { EventId: parts.id };
  }

  #forward(event: BusEvent, { EventBusName }: Entry): object {
    const bus = this.buses.find(EventBusName);
    if (bus) publish(event, bus, this.#publish, { isForwarded: true });
    return { EventId: event.parts.id };
  }
}
