import type { Clock } from "../../clock.ts";
import type { ServiceDescriptor } from "../../descriptor.ts";
import { AwsError } from "../../errors.ts";
import type { Faults } from "../../faults/faults.ts";
import type { History } from "../../history.ts";
import type { Api, Caller } from "../../service.ts";
import type { DurableExecution } from "../durable/durable-execution.ts";
import { qualifiedArn } from "../function.ts";
import type { DestinationCondition, QueuedEvent } from "./asynchronous-queue.ts";
import { sendDeadLetter } from "./dead-letter.ts";
import { destinationOf, invocationRecord } from "./destination.ts";
import { rolePrincipal } from "./invocation.ts";

interface LeavingOptions {
  readonly clock: Clock;
  readonly history: History;
  readonly faults: Faults;
  readonly api: Api;
  readonly services: readonly ServiceDescriptor[];
  /** Takes an error that is none of AWS's. */
  readonly fail: (error: unknown) => void;
}

/**
 * Where what is over leaves for: the record of an asynchronous invocation for a destination, a failed event for the
 * dead-letter queue. Whoever turns it down loses it, as on AWS; the call stands in the history with its error.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
export class Leaving {
  readonly #options: LeavingOptions;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** An asynchronous invocation succeeded, or failed for the last time. */
  invocation(event: QueuedEvent, condition: DestinationCondition): void {
    const { api, services, clock } = this.#options;
    const { properties, eventInvokeConfig, name } = event.lambdaFunction;
    const caller = callerOf(event);
    const destinationArn = condition === "Success" ? eventInvokeConfig.onSuccessArn : eventInvokeConfig.onFailureArn;
    if (destinationArn && !this.#loses(event, destinationArn)) {
      const functionArn = qualifiedArn(event.lambdaFunction);
      const { service, operation, input } = destinationOf(services, destinationArn, name);
      const record = invocationRecord(event, condition, clock.nowMs);
      this.#send(api(caller, service, operation, input({ destinationArn, record, condition, functionArn })));
    }
    if (properties.deadLetterArn && condition !== "Success") {
      this.#send(sendDeadLetter(api, caller, properties.deadLetterArn, event));
    }
  }

  /** A durable execution failed: its event goes to the function's dead-letter queue, and to no destination. */
  durableExecution({ started, end }: DurableExecution): void {
    const { lambdaFunction, payload, requestId } = started;
    const { deadLetterArn } = lambdaFunction.properties;
    if (!deadLetterArn) return;
    const errorMessage = end?.error?.ErrorMessage ?? "";
    const outcome = { payload: JSON.stringify({ errorMessage }), errorType: end?.status, fatal: false };
    const event = { payload, requestId, outcome };
    this.#send(sendDeadLetter(this.#options.api, callerOf(started), deadLetterArn, event));
  }

  #send(sent: Promise<unknown>): void {
    void sent.catch((error: unknown) => {
      if (!(error instanceof AwsError)) this.#options.fail(error);
    });
  }

  /** Whether a fault keeps the record of an invocation from its destination. */
  #loses({ lambdaFunction, requestId, payload, trace }: QueuedEvent, destination: string): boolean {
    const { clock, faults, history } = this.#options;
    const { name: functionName } = lambdaFunction;
    const { correlationId } = trace;
    const record = { functionName, requestId, payload, destination, atMs: clock.nowMs, correlationId };
    const fault = faults.onDestination?.(record);
    if (fault) history.record(trace, { type: "Fault", fault, where: `${functionName}, ${destination}` });
    return fault !== undefined;
  }
}

const callerOf = ({
  lambdaFunction,
  requestId,
  trace: { correlationId },
}: Pick<QueuedEvent, "lambdaFunction" | "requestId" | "trace">): Caller => ({
  principal: rolePrincipal(lambdaFunction),
  trace: { correlationId, causationId: requestId },
});
