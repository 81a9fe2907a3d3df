import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { endings, type PlacementRef, type Waking } from "@ovsc/shared";
import { toldBy } from "./ends.ts";

/** An execution, as far as it is known by its description. */
export interface LatestExecution {
  readonly arn: string;
  /** 0 for the one that the client started, then counted up: see `nameOf`. */
  readonly number: number;
  readonly status: string;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/**
 * What the executions of a placement are named. A name of 65 characters is no placement's own, and Step Functions logs
 * only what is named by letters, digits, - and _.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html (2026-11-21)
 */
export const nameOf = (placementId: string, number: number): string =>
  number === 0 ? placementId : `${placementId}-${number}`.padEnd(65, "_");

/** More are never looked for. */
const mostExecutions = 1_000;

/** A state machine, and a client that reaches it. */
export interface Machine {
  readonly client: SFNClient;
  readonly stateMachineArn: string;
}

/** @returns the last execution that was started for a placement; nothing where none was */
export async function latestExecution(
  { client, stateMachineArn }: Machine,
  placementId: string,
): Promise<LatestExecution | undefined> {
  let latest: LatestExecution | undefined;
  for (let number = 0; number < mostExecutions; number += 1) {
    const arn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${nameOf(placementId, number)}`;
    try {
      const described = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
      const { status, output, error, cause } = described;
      latest = { arn, number, status: status!, output, error, cause };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return latest;
      throw error;
    }
    // After an end that stays one, nobody starts another.
    if (latest.status === "RUNNING" || isTerminal(latest)) return latest;
  }
  return latest;
}

function isTerminal({ status, error }: LatestExecution): boolean {
  const told = toldBy(status, error);
  return told !== undefined && endings[told].kind === "terminal";
}

/**
 * Starts another execution for a placement, or the first: CreateOrder begins, or is overtaken and WhereIsIt leads on
 * from the row.
 */
export async function startNext(machine: Machine, { orderId, placementId }: PlacementRef): Promise<void> {
  const latest = await latestExecution(machine, placementId);
  const { client, stateMachineArn } = machine;
  const name = nameOf(placementId, latest ? latest.number + 1 : 0);
  try {
    const input = JSON.stringify({ orderId, placementId });
    await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  } catch (error) {
    // Another was quicker, and its execution has ended.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Whoever goes on is a new execution: CreateOrder begins or is overtaken, and WhereIsIt leads on from the row. */
export const wakingBy = (machine: Machine): Waking => ({
  isAttended: async ({ placementId }) => (await latestExecution(machine, placementId))?.status === "RUNNING",
  wake: (placed) => startNext(machine, placed),
});
