import type { About } from "../../agenda.ts";
import type { Choices } from "../../choices.ts";
import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";
import { type Delay, nameOf, type DeliveryFault, type Faults } from "../../faults/faults.ts";
import type { History } from "../../history.ts";
import type { Api, Caller } from "../../service.ts";
import { queueUrlOf } from "../../sqs/queue-url.ts";
import type { BusEvent } from "../event.ts";
import type { Rule } from "../rule/rule.ts";
import type { Target } from "../rule/target.ts";
import { sendDeadLetter } from "./dead-letter.ts";
import type { Exhausted } from "./dead-letter.ts";
import type { DeliveryFailure } from "./retry.ts";
import { classify, retryDelayMs } from "./retry.ts";

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly history: History;
  readonly faults: Faults;
  readonly api: Api;
  readonly region: string;
}

/** What is delivered by which rule to where. */
export interface Delivered {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly target: Target;
  /** Whether it is the second delivery of the two that AWS may make. */
  readonly isDuplicate?: boolean;
}

/**
 * One event on its way to one target of one rule: attempts, retries and, where they do not help, the dead-letter queue.
 * EventBridge is done as soon as the target's service took the event; what a function then does is not its concern.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
 */
export class Delivery {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly target: Target;
  readonly #options: DeliveryOptions;
  readonly #isDuplicate: boolean;
  #attempts = 0;

  constructor({ event, rule, target, isDuplicate = false }: Delivered, options: DeliveryOptions) {
    this.event = event;
    this.rule = rule;
    this.target = target;
    this.#isDuplicate = isDuplicate;
    this.#options = options;
  }

  /** Attempts the delivery as a task of its own, so that others may come first. */
  start(delayMs = 0): void {
    const attempt = () => {
      const input = this.target.input(this.event, this.rule);
      this.#attempt(input).catch((defect: unknown) => this.#stop(defect));
    };
    this.#options.clock.schedule(delayMs, attempt, this.#about);
  }

  readonly #about = (): About => {
    const { parts } = this.event;
    const { name: rule } = this.rule;
    return { what: "other", delivery: rule, of: parts.detailType, detail: parts.detail, attempts: this.#attempts };
  };

  /** As whom a target or queue is called. */
  caller(roleArn?: string): Caller {
    const { parts, trace } = this.event;
    return {
      principal:
        roleArn === undefined
          ? { kind: "service", service: "events.amazonaws.com", sourceArn: this.rule.arn }
          : { kind: "role", arn: roleArn },
      trace: { correlationId: trace.correlationId, causationId: parts.id },
    };
  }

  async #attempt(input: string): Promise<void> {
    this.#attempts += 1;
    const fault = this.#fault();
    if (fault === "fail") return this.#failed(struck);
    if (fault === "duplicate") this.#deliverAgain();
    if (typeof fault === "object") return this.#sendLater(fault, input);
    await this.#sendNow(input);
  }

  async #sendNow(input: string): Promise<void> {
    try {
      await this.#send(input);
      this.#record(undefined);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      await this.#failed(classify(error));
    }
  }

  #sendLater(fault: Delay, input: string): void {
    const { clock } = this.#options;
    const send = () => {
      this.#sendNow(input).catch((defect: unknown) => this.#stop(defect));
    };
    if ("held" in fault) fault.held(() => clock.schedule(0, send, this.#about));
    else clock.schedule(fault.delayMs, send, this.#about);
  }

  /** As AWS may. A duplicate is not duplicated again. */
  #deliverAgain(): void {
    const { event, rule, target } = this;
    new Delivery({ event, rule, target, isDuplicate: true }, this.#options).start();
  }

  /** What strikes this attempt, if anything. */
  #fault(): DeliveryFault | undefined {
    const { clock, faults, history } = this.#options;
    const { parts, trace } = this.event;
    const { name: rule } = this.rule;
    const fault = faults.onDelivery?.({
      rule,
      target: this.target.description.Arn,
      eventId: parts.id,
      detailType: parts.detailType,
      attempt: this.#attempts,
      isDuplicate: this.#isDuplicate,
      atMs: clock.nowMs,
      correlationId: trace.correlationId,
    });
    if (fault === undefined || (fault === "duplicate" && this.#isDuplicate)) return undefined;
    history.record(this.caller().trace, { type: "Fault", fault: nameOf(fault), where: `delivery of ${rule}` });
    return fault;
  }

  #send(text: string): Promise<unknown> {
    const { api } = this.#options;
    const { service, sending, description } = this.target;
    const { Arn: targetArn, RoleArn: roleArn } = description;
    const caller = this.caller(sending.usesRole ? roleArn : undefined);
    return api(caller, service, sending.operation, sending.input({ targetArn, text, event: this.event }));
  }

  async #failed(failure: DeliveryFailure): Promise<void> {
    const { clock, choices } = this.#options;
    if (!failure.isRetriable) return this.#giveUp(failure, undefined);
    const retries = this.#attempts - 1;
    if (retries >= this.target.maximumRetryAttempts)
      return this.#giveUp(failure, { condition: "MaximumRetryAttempts", retries });
    const delayMs = retryDelayMs(retries + 1, choices);
    const remainingMs = this.event.receivedAtMs + this.target.maximumEventAgeMs - clock.nowMs;
    if (delayMs <= remainingMs) {
      this.#record(describe(failure));
      return this.start(delayMs);
    }
    // The event outlives its age while it waits, which is when AWS gives it up.
    const giveUp = () => {
      this.#giveUp(failure, { condition: "MaximumEventAgeInSeconds", retries }).catch((defect: unknown) =>
        this.#stop(defect),
      );
    };
    clock.schedule(Math.max(0, remainingMs), giveUp, () => ({ ...this.#about(), isTooOld: true }));
  }

  async #giveUp(failure: DeliveryFailure, exhausted: Exhausted | undefined): Promise<void> {
    const queueArn = this.target.description.DeadLetterConfig?.Arn;
    if (queueArn === undefined) return this.#record(`${describe(failure)}; dropped`);
    this.#record(`${describe(failure)}; dead-lettered`);
    try {
      await sendDeadLetter(this, queueUrlOf(queueArn), failure, exhausted, this.#options.api);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#record(`${error.code}: ${error.message}; dropped, its dead-letter queue did not take it`);
    }
  }

  #record(error: string | undefined): void {
    const { name: rule } = this.rule;
    const details = {
      type: "Delivery",
      rule,
      target: this.target.description.Arn,
      eventId: this.event.parts.id,
      attempt: this.#attempts,
    } as const;
    this.#options.history.record(this.caller().trace, error === undefined ? details : { ...details, error });
  }

  /** A defect, or a feature the cloud does not know, ends the run rather than the delivery. */
  #stop(defect: unknown): void {
    this.#options.clock.schedule(0, () => {
      throw defect;
    });
  }
}

const struck = { code: "ERROR_FROM_TARGET", message: "The target failed.", isRetriable: true };

const describe = ({ code, message }: DeliveryFailure): string => `${code}: ${message}`;
