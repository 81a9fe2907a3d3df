import type { ServiceDescriptor } from "../../descriptor.ts";
import { UnknownFeature } from "../../errors.ts";
import { qualifiedArn } from "../function.ts";
import type { DestinationCondition, QueuedEvent } from "./asynchronous-queue.ts";

/** The record of an asynchronous invocation on its way to a destination. */
export interface RecordForDestination {
  readonly destinationArn: string;
  /** JSON text. */
  readonly record: string;
  readonly condition: DestinationCondition;
  /** Of the function that was invoked, with its version. */
  readonly functionArn: string;
}

/**
 * What a service is as the destination of asynchronous invocations.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
export interface InvocationDestination {
  readonly operation: string;
  /** The input of the operation by which a record gets there, with the rights of the function's role. */
  readonly input: (record: RecordForDestination) => Readonly<Record<string, unknown>>;
}

/** @throws UnknownFeature for a destination the cloud cannot send to */
export function destinationOf(
  services: readonly ServiceDescriptor[],
  destinationArn: string,
  functionName: string,
): InvocationDestination & { readonly service: string } {
  const service = destinationArn.split(":")[2];
  const found = services.find(({ name }) => name === service);
  if (found?.invocationDestination) return { service: found.name, ...found.invocationDestination };
  throw new UnknownFeature(`the destination ${destinationArn}`, functionName);
}

/**
 * What Lambda tells a destination, as JSON text.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
export function invocationRecord(event: QueuedEvent, condition: DestinationCondition, nowMs: number): string {
  const { outcome, lambdaFunction } = event;
  const error = outcome?.errorType === undefined ? {} : { functionError: "Unhandled" };
  return JSON.stringify({
    version: "1.0",
    timestamp: new Date(nowMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: qualifiedArn(lambdaFunction),
      condition,
      approximateInvokeCount: event.invokeCount,
    },
    requestPayload: JSON.parse(event.payload),
    ...(outcome && {
      responseContext: { statusCode: 200, executedVersion: lambdaFunction.version, ...error },
      responsePayload: JSON.parse(outcome.payload),
    }),
  });
}
