import { noTrace } from "../../history.ts";
import type { Ids } from "../../identity.ts";
import { BusEvent } from "../event.ts";
import { partsOf } from "../put-events.ts";
import type { Rule } from "../rule/rule.ts";
import type { Schedule } from "../rule/schedule.ts";
import { Delivery, type DeliveryOptions } from "./delivery.ts";

/**
 * Lets rules tick by their schedules. The event of a tick goes to the targets of its rule alone.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (2026-11-21)
 */
export class Ticks {
  readonly #options: DeliveryOptions & { readonly ids: Ids };

  constructor(options: DeliveryOptions & { readonly ids: Ids }) {
    this.#options = options;
  }

  /** From now on, until the rule has another schedule or none. */
  start(rule: Rule): void {
    if (rule.schedule) this.#wait(rule, rule.schedule, this.#options.clock.nowMs);
  }

  #wait(rule: Rule, schedule: Schedule, sinceMs: number): void {
    const { clock } = this.#options;
    const nextMs = schedule.nextMs(clock.nowMs, sinceMs);
    if (nextMs === undefined) return;
    clock.scheduleInBackground(nextMs - clock.nowMs, () => {
      if (rule.schedule !== schedule) return;
      if (rule.description.state === "ENABLED") this.#tick(rule);
      this.#wait(rule, schedule, sinceMs);
    });
  }

  #tick(rule: Rule): void {
    const { clock, history, ids, region } = this.#options;
    const { busName: bus, arn } = rule.description;
    const entry = { Source: "aws.events", DetailType: "Scheduled Event", Detail: "{}", Resources: [arn] };
    const event = new BusEvent(partsOf(entry, ids.uuid(), clock.nowMs), clock.nowMs, region, noTrace);
    history.record(noTrace, event.published(bus));
    for (const target of rule.targets) new Delivery({ event, rule, target }, this.#options).start();
  }
}
