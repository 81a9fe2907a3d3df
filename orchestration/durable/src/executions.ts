import { createHash } from "node:crypto";
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import { toldBy } from "@ovsc/orchestration/ends";
import { endings, type PlacementRef } from "@ovsc/shared";

/** The durable function, and a client that reaches it. */
export interface Workflow {
  readonly client: LambdaClient;
  /** ARN with the version. */
  readonly functionArn: string;
}

export interface Execution {
  readonly arn: string;
  /** 0 for the one that the client started, then counted up: see `nameOf`. */
  readonly number: number;
  readonly status: string;
  /** JSON text. */
  readonly result?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/**
 * What the executions of a placement are named: at most 64 letters, digits, - and _.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (2026-11-21)
 */
export const nameOf = (placementId: string, number: number): string =>
  number === 0 ? placementId : createHash("sha256").update(`${placementId} ${number}`).digest("hex");

/** More are never looked for. */
const mostExecutions = 1_000;

/** Starts an execution of that name; where there is one, running or not, that is all. */
export async function start(
  { client, functionArn }: Workflow,
  { orderId, placementId }: PlacementRef,
  number = 0,
): Promise<void> {
  await client.send(
    new InvokeCommand({
      FunctionName: functionArn,
      InvocationType: "Event",
      DurableExecutionName: nameOf(placementId, number),
      Payload: JSON.stringify({ orderId, placementId }),
    }),
  );
}

/** @returns the last execution that was started for a placement; nothing where none was */
export async function latestExecution(workflow: Workflow, placementId: string): Promise<Execution | undefined> {
  let latest: Execution | undefined;
  for (let number = 0; number < mostExecutions; number += 1) {
    const found = await execution(workflow, placementId, number);
    if (!found) return latest;
    latest = found;
    // After an end that stays one, nobody starts another.
    if (latest.status === "RUNNING" || isTerminal(latest)) return latest;
  }
  return latest;
}

async function execution(
  { client, functionArn }: Workflow,
  placementId: string,
  number: number,
): Promise<Execution | undefined> {
  const DurableExecutionName = nameOf(placementId, number);
  const FunctionName = functionArn.replace(/:\d+$/, "");
  const listed = await client.send(new ListDurableExecutionsByFunctionCommand({ FunctionName, DurableExecutionName }));
  const arn = listed.DurableExecutions?.[0]?.DurableExecutionArn;
  if (arn === undefined) return undefined;
  const {
    Status,
    Result,
    Error: error,
  } = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
  return { arn, number, status: Status!, result: Result, error: error?.ErrorType, cause: error?.ErrorMessage };
}

function isTerminal({ status, error }: Execution): boolean {
  const told = toldBy(status, error);
  return told !== undefined && endings[told].kind === "terminal";
}

/** Starts another execution for a placement, or the first: CreateOrder begins, or the row leads on. */
export async function startNext(workflow: Workflow, placed: PlacementRef): Promise<void> {
  const latest = await latestExecution(workflow, placed.placementId);
  await start(workflow, placed, latest ? latest.number + 1 : 0);
}
