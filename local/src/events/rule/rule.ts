import { AwsError } from "../../errors.ts";
import type { EventTargets } from "../delivery/event-target.ts";
import type { BusEvent } from "../event.ts";
import type { EventPattern } from "../pattern/event-pattern.ts";
import { compilePattern } from "./compile-pattern.ts";
import { compileSchedule, type Schedule } from "./schedule.ts";
import type { Target, TargetDescription } from "./target.ts";
import { compileTarget } from "./target.ts";

export type RuleState = "ENABLED" | "DISABLED";

export interface RuleDescription {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** A rule has a pattern, a schedule, or both. */
  readonly patternText: string | undefined;
  readonly scheduleText: string | undefined;
  readonly state: RuleState;
  readonly roleArn: string | undefined;
}

const invalid = (message: string) => new AwsError("ValidationException", message);

const maximumTargets = 5;

/**
 * A rule: the events it picks and where they go.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
 */
export class Rule {
  description: RuleDescription;
  readonly #targets = new Map<string, Target>();
  readonly #services: EventTargets;
  #pattern: EventPattern | undefined;
  #schedule: Schedule | undefined;

  /** @throws AwsError InvalidEventPatternException, ValidationException */
  constructor(description: RuleDescription, services: EventTargets) {
    this.#services = services;
    this.description = description;
    this.update(description);
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
    return this.description.state === "ENABLED" && this.#pattern !== undefined && this.#pattern.matches(event.flat);
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

  /** When it ticks. */
  get schedule(): Schedule | undefined {
    return this.#schedule;
  }

  /** The new pattern and schedule are compiled before the old ones are let go. */
  update(description: RuleDescription): void {
    const { patternText, scheduleText, busName } = description;
    if (patternText === undefined && scheduleText === undefined) {
      throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
    }
    if (scheduleText !== undefined && busName !== "default") {
      throw invalid("ScheduleExpression is supported only on the default event bus.");
    }
    const pattern = patternText === undefined ? undefined : compilePattern(patternText);
    const isKept = this.#schedule !== undefined && scheduleText === this.description.scheduleText;
    if (!isKept) this.#schedule = scheduleText === undefined ? undefined : compileSchedule(scheduleText);
    this.#pattern = pattern;
    this.description = description;
  }

  /** It is deleted and ticks no more. */
  delete(): void {
    this.#schedule = undefined;
  }
}
