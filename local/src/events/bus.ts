import { AwsError } from "../errors.ts";
import { arn } from "../identity.ts";
import type { Archive } from "./archive/archive.ts";
import type { EventTargets } from "./delivery/event-target.ts";
import type { RuleDescription } from "./rule/rule.ts";
import { Rule } from "./rule/rule.ts";

export interface BusDescription {
  readonly name: string;
  readonly description: string | undefined;
  readonly createdAtMs: number;
}

/** What the rules of all buses have in common. */
export interface RulesOptions {
  /** The services that rules can send to. */
  readonly targets: EventTargets;
  /** Called for each rule that gets a schedule. */
  readonly scheduled: (rule: Rule) => void;
}

/**
 * An event bus with its rules and archives.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
 */
export class EventBus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly rules = new Map<string, Rule>();
  readonly archives = new Map<string, Archive>();
  readonly #region: string;
  readonly #targets: EventTargets;
  readonly #scheduled: (rule: Rule) => void;

  constructor(given: BusDescription, region: string, { targets, scheduled }: RulesOptions) {
    this.name = given.name;
    this.description = given.description;
    this.createdAtMs = given.createdAtMs;
    this.#targets = targets;
    this.#scheduled = scheduled;
    this.arn = arn("events", region, `event-bus/${this.name}`);
    this.#region = region;
  }

  /** Creates the rule, or gives the one of that name a new description. */
  putRule(given: Omit<RuleDescription, "busName" | "arn">): Rule {
    const path = this.name === "default" ? given.name : `${this.name}/${given.name}`;
    const description = { ...given, busName: this.name, arn: arn("events", this.#region, `rule/${path}`) };
    const existing = this.rules.get(given.name);
    const before = existing?.schedule;
    if (existing) existing.update(description);
    const rule = existing ?? new Rule(description, this.#targets);
    this.rules.set(given.name, rule);
    if (rule.schedule !== before) this.#scheduled(rule);
    return rule;
  }

  /** @throws AwsError ResourceNotFoundException */
  rule(name: string): Rule {
    const rule = this.rules.get(name);
    if (!rule) throw new AwsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${this.name}.`);
    return rule;
  }

  deleteRule(name: string): void {
    if (this.rules.get(name)?.targets.length) {
      throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
    }
    this.rules.get(name)?.delete();
    this.rules.delete(name);
  }
}
