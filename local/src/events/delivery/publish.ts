import type { EventBus } from "../bus.ts";
import type { BusEvent } from "../event.ts";
import type { DeliveryOptions } from "./delivery.ts";
import { Delivery } from "./delivery.ts";

export interface PublishOptions extends DeliveryOptions {
  /** Lets a choice deliver an event twice, as AWS may; without it every event is delivered once. */
  readonly duplicates: boolean;
}

/** How an event came to a bus, which decides what is done with it there. */
export interface Arrival {
  /** From another bus: it goes no further than this one. */
  readonly isForwarded?: boolean;
  /** A replay may be for some rules only. */
  readonly ruleArns?: readonly string[] | undefined;
}

/** Keeps an event in the bus's archives and starts its delivery to the targets of every rule that matches. */
export function publish(event: BusEvent, bus: EventBus, options: PublishOptions, arrival: Arrival = {}): void {
  options.history.record(event.trace, event.published(bus.name));
  for (const archive of bus.archives.values()) archive.keep(event);
  for (const rule of bus.rules.values()) {
    if (arrival.ruleArns && !arrival.ruleArns.includes(rule.arn)) continue;
    if (!rule.matches(event)) continue;
    for (const target of rule.targets) {
      if (arrival.isForwarded && target.service === "events") continue;
      new Delivery({ event, rule, target }, options).start();
      const isTwice = options.duplicates && options.choices.choose(2, "deliver twice") === 1;
      if (isTwice) new Delivery({ event, rule, target, isDuplicate: true }, options).start();
    }
  }
}
