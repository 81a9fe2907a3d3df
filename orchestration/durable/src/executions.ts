import { createHash } from "node:crypto";
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import type { NumberedExecutions } from "@ovsc/orchestration/latest-execution";

/**
 * What the executions of a placement are named: at most 64 letters, digits, - and _.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (2026-11-21)
 */
export const nameOf = (placementId: string, number: number): string =>
  number === 0 ? placementId : createHash("sha256").update(`${placementId} ${number}`).digest("hex");

/**
 * The executions of a durable function, reached by a client.
 * @param functionArn with the version
 */
export function durableFunction(client: LambdaClient, functionArn: string): NumberedExecutions {
  const FunctionName = functionArn.replace(/:\d+$/, "");
  return {
    async describe(placementId, number) {
      const named = { FunctionName, DurableExecutionName: nameOf(placementId, number) };
      const listed = await client.send(new ListDurableExecutionsByFunctionCommand(named));
      const arn = listed.DurableExecutions?.[0]?.DurableExecutionArn;
      if (arn === undefined) return undefined;
      const described = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
      const { Status, Result, Error: error } = described;
      return { arn, status: Status!, output: Result, error: error?.ErrorType, cause: error?.ErrorMessage };
    },
    async start({ orderId, placementId, generation }, number) {
      await client.send(
        new InvokeCommand({
          FunctionName: functionArn,
          InvocationType: "Event",
          DurableExecutionName: nameOf(placementId, number),
          Payload: JSON.stringify({ orderId, placementId, generation }),
        }),
      );
    },
  };
}
