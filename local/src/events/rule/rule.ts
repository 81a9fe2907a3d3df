import { AwsError } from "../../errors.ts";
import type { EventTargets } from "../delivery/event-target.ts";
import type { BusEvent } from "../event.ts";
import type { EventPattern } from "../pattern/event-pattern.ts";
import { compilePattern } from "./compile-pattern.ts";
import type { Target, TargetDescription } from "./target.ts";
import { compileTarget } from "./target.ts";

export type RuleState = "ENABLED" | "DISABLED";

export interface RuleDescription {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly patternText: string;
  readonly state: RuleState;
  readonly roleArn: string | undefined;
}

const maximumTargets = 5;

/** A rule: the events it picks and where they go. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html */
export class Rule {
  description: RuleDescription;
  readonly #targets = new Map<string, Target>();
  readonly #services: EventTargets;
  #pattern: EventPattern;

  /** @throws AwsError InvalidEventPatternException */
  constructor(description: RuleDescription, services: EventTargets) {
    this.#services = services;
    this.description = description;
    this.#pattern = compilePattern(description.patternText);
  }

  get name(): string {
    return this.description.name;
  }

  get arn(): string {
    return this.description.arn;
  }

  get targets(): readonly Target[] {
    return [...this.#targets.values()];
  }

  matches(event: BusEvent): boolean {
    return this.description.state === "ENABLED" && this.#pattern.matches(event.flat);
  }

  /** Adds targets, or replaces those of the same id; all of them or none. */
  putTargets(descriptions: readonly TargetDescription[]): void {
    const targets = descriptions.map((description, index) => compileTarget(description, index + 1, this.#services));
    const ids = new Set([...this.#targets.keys(), ...targets.map(({ description }) => description.Id)]);
    if (ids.size > maximumTargets) {
      throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }
    for (const target of targets) this.#targets.set(target.description.Id, target);
  }

  removeTarget(id: string): boolean {
    return this.#targets.delete(id);
  }

  /** The new pattern is compiled before the old description is let go. */
  update(description: RuleDescription): void {
    this.#pattern = compilePattern(description.patternText);
    this.description = description;
  }
}
