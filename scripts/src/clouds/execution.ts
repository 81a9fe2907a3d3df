import { DescribeExecutionCommand, type HistoryEvent, paginateGetExecutionHistory } from "@aws-sdk/client-sfn";
import { executionArn } from "../variant.ts";
import type { Deployment } from "./deployment.ts";

/** How an order's execution ended, and the way it went. */
export interface Ending {
  readonly arn: string;
  readonly status: string;
  /** The output of an execution that succeeded: the whole order. */
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** One line for each state entered, each failed try and each failure. */
  readonly path: readonly string[];
}

/** Reads an execution through DescribeExecution and GetExecutionHistory. */
export async function endingOf(orderId: string, deployment: Deployment): Promise<Ending> {
  const arn = executionArn(deployment.outputs.StateMachineArn!, orderId);
  const { status, output, error, cause } = await describe(arn, deployment);
  const events = await historyOf(arn, deployment);
  return {
    arn,
    status: status!,
    ...(output !== undefined && { output: JSON.parse(output) as unknown }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    path: events.flatMap(lineOf),
  };
}

/** How an execution ended, without the way it went. */
export async function closedAs(orderId: string, deployment: Deployment): Promise<{ status: string; cause?: string }> {
  const { status, cause } = await describe(executionArn(deployment.outputs.StateMachineArn!, orderId), deployment);
  return { status: status!, ...(cause !== undefined && { cause }) };
}

const describe = (arn: string, { clients }: Deployment) =>
  clients.states.send(new DescribeExecutionCommand({ executionArn: arn }));

/** The whole history of an execution. */
export async function historyOf(arn: string, { clients }: Deployment): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: clients.states }, { executionArn: arn }))
    events.push(...(page.events ?? []));
  return events;
}

function lineOf(event: HistoryEvent): string[] {
  const failure = event.taskFailedEventDetails ?? event.taskTimedOutEventDetails;
  if (failure) return [`  failed: ${failure.error ?? "no error name"}`];
  if (event.stateEnteredEventDetails) return [event.stateEnteredEventDetails.name!];
  return [];
}

/** How many state transitions a history was: a Task state counts each time it is tried, any other when it is entered. */
export function stateTransitions(events: readonly HistoryEvent[]): number {
  return events.filter(({ type = "" }) => isTransition(type)).length;
}

/** https://aws.amazon.com/step-functions/pricing/ (2026-11-21): each state executed, retries included. */
export const isTransition = (type: string): boolean =>
  type === "TaskScheduled" || (type.endsWith("StateEntered") && type !== "TaskStateEntered");
