import type { Clock } from "../clock.ts";
import { AwsError, UnknownFeature } from "../errors.ts";
import { arn } from "../identity.ts";
import type { Archive } from "./archive/archive.ts";
import { EventBus, type RulesOptions } from "./bus.ts";

/** The event buses of one account and Region; `default` is always there. */
export class Buses {
  readonly #region: string;
  readonly #clock: Clock;
  readonly #rules: RulesOptions;
  readonly #byName = new Map<string, EventBus>();

  constructor(region: string, clock: Clock, rules: RulesOptions) {
    this.#rules = rules;
    this.#region = region;
    this.#clock = clock;
    this.create("default", undefined);
  }

  [Symbol.iterator](): Iterator<EventBus> {
    return this.#byName.values();
  }

  create(name: string, description: string | undefined): EventBus {
    if (this.#byName.has(name))
      throw new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
    const bus = new EventBus({ name, description, createdAtMs: this.#clock.nowMs }, this.#region, this.#rules);
    this.#byName.set(name, bus);
    return bus;
  }

  /**
   * @param nameOrArn left out for the default bus
   * @throws UnknownFeature for a bus of another account or Region
   */
  find(nameOrArn = "default"): EventBus | undefined {
    return this.#byName.get(this.nameOf(nameOrArn));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(nameOrArn?: string): EventBus {
    const bus = this.find(nameOrArn);
    if (!bus) throw new AwsError("ResourceNotFoundException", `Event bus ${this.nameOf(nameOrArn)} does not exist.`);
    return bus;
  }

  /** Every archive with the bus it belongs to. */
  archives(): (readonly [Archive, EventBus])[] {
    return [...this].flatMap((bus) => [...bus.archives.values()].map((archive) => [archive, bus] as const));
  }

  /** Deletes a rule with its targets. */
  deleteRule(ruleArn: string): void {
    for (const bus of this) {
      const rule = [...bus.rules.values()].find(({ arn: known }) => known === ruleArn);
      for (const { description } of rule?.targets ?? []) rule!.removeTarget(description.Id);
      if (rule) bus.deleteRule(rule.name);
    }
  }

  nameOf(nameOrArn = "default"): string {
    if (!nameOrArn.startsWith("arn:")) return nameOrArn;
    const prefix = arn("events", this.#region, "event-bus/");
    if (!nameOrArn.startsWith(prefix))
      throw new UnknownFeature(`event bus ${nameOrArn} of another account or Region`, "events");
    return nameOrArn.slice(prefix.length);
  }
}
