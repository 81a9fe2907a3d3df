import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";
import { nameOf, type Faults, type QueueFault } from "../../faults/faults.ts";
import type { History, Trace } from "../../history.ts";
import type { LambdaFunction } from "../function.ts";
import type { Surroundings } from "./environment.ts";
import type { Environments } from "./environments.ts";
import type { InvocationOutcome } from "./outcome.ts";

/** An event that waits for its function, or is being tried. */
export interface QueuedEvent {
  readonly lambdaFunction: LambdaFunction;
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly trace: Trace;
  readonly acceptedAtMs: number;
  /** How often the function has run for it. */
  invokeCount: number;
  /** How long it waited after the last throttle, 0 before the first. */
  throttleDelayMs: number;
  /** How the last try ended; undefined before one ran. */
  outcome: InvocationOutcome | undefined;
}

/** Why an event left the queue, in the words of a destination's record. */
export type DestinationCondition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

const functionErrorDelayMs = 60_000;
const firstThrottleDelayMs = 1_000;
const longestThrottleDelayMs = 300_000;

/**
 * Lambda's internal queue of asynchronous invocations. A function error is retried after 1 minute and again after 2;
 * a throttle puts the event back for 1 s, doubling to 5 minutes, and is no try. An event that reaches its maximum age
 * while it waits leaves the queue at that moment.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (2026-11-21)
 */
export class AsynchronousQueue {
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #history: History;
  readonly #environments: Environments;
  readonly #left: (event: QueuedEvent, condition: DestinationCondition) => void;

  /** @param left takes each event when it is done with, and why */
  constructor(
    { clock, faults, history }: Pick<Surroundings, "clock" | "faults" | "history">,
    environments: Environments,
    left: (event: QueuedEvent, condition: DestinationCondition) => void,
  ) {
    this.#clock = clock;
    this.#faults = faults;
    this.#history = history;
    this.#environments = environments;
    this.#left = left;
  }

  accept(lambdaFunction: LambdaFunction, requestId: string, payload: string, trace: Trace): void {
    const event: QueuedEvent = {
      lambdaFunction,
      requestId,
      payload,
      trace,
      acceptedAtMs: this.#clock.nowMs,
      invokeCount: 0,
      throttleDelayMs: 0,
      outcome: undefined,
    };
    const fault = this.#faultOf(event);
    if (typeof fault === "object" && "held" in fault) fault.held(() => this.#tryAfter(0, event));
    else this.#tryAfter(typeof fault === "object" ? fault.delayMs : 0, event);
    if (fault === "duplicate") this.#tryAfter(0, { ...event });
  }

  #tryAfter(delayMs: number, event: QueuedEvent): void {
    const { lambdaFunction, payload } = event;
    this.#clock.schedule(
      delayMs,
      () => this.#try(event),
      () => {
        const { invokeCount, throttleDelayMs } = event;
        // How old an event is matters once it is throttled.
        const ageMs = throttleDelayMs > 0 ? this.#clock.nowMs - event.acceptedAtMs : 0;
        const { name: functionName } = lambdaFunction;
        return { what: "other", queued: functionName, payload, invokeCount, throttleDelayMs, ageMs };
      },
    );
  }

  #faultOf({ lambdaFunction, requestId, payload, trace }: QueuedEvent): QueueFault | undefined {
    const { name: functionName } = lambdaFunction;
    const { correlationId } = trace;
    const event = { functionName, requestId, payload, atMs: this.#clock.nowMs, correlationId };
    const fault = this.#faults.onQueuedEvent?.(event);
    if (fault) this.#history.record(trace, { type: "Fault", fault: nameOf(fault), where: `queue of ${functionName}` });
    return fault;
  }

  #try(event: QueuedEvent): void {
    const { lambdaFunction, requestId, payload, trace } = event;
    const attempt = event.invokeCount + 1;
    try {
      this.#environments.run(lambdaFunction, { requestId, payload, attempt, asynchronous: true, trace }, (outcome) => {
        event.outcome = outcome;
        this.#ended(event, outcome);
      });
      event.invokeCount = attempt;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      event.throttleDelayMs = Math.min(longestThrottleDelayMs, event.throttleDelayMs * 2 || firstThrottleDelayMs);
      this.#tryLater(event, event.throttleDelayMs);
    }
  }

  #ended(event: QueuedEvent, outcome: InvocationOutcome): void {
    event.throttleDelayMs = 0;
    if (outcome.errorType === undefined) this.#left(event, "Success");
    else if (event.invokeCount > event.lambdaFunction.eventInvokeConfig.maximumRetryAttempts) {
      this.#left(event, "RetriesExhausted");
    } else this.#tryLater(event, event.invokeCount * functionErrorDelayMs);
  }

  #tryLater(event: QueuedEvent, delayMs: number): void {
    const { maximumEventAgeMs } = event.lambdaFunction.eventInvokeConfig;
    const restMs = Math.max(0, event.acceptedAtMs + maximumEventAgeMs - this.#clock.nowMs);
    if (delayMs < restMs) this.#tryAfter(delayMs, event);
    else {
      const { lambdaFunction, payload, invokeCount } = event;
      this.#clock.schedule(
        restMs,
        () => this.#left(event, "EventAgeExceeded"),
        () => ({ what: "other", tooOldFor: lambdaFunction.name, payload, invokeCount }),
      );
    }
  }
}
