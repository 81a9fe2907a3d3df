import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { NumberedExecutions } from "./latest-execution.ts";

/**
 * What the executions of a placement are named. A name of 65 characters is no placement's own, and Step Functions logs
 * only what is named by letters, digits, - and _.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html (2026-11-21)
 */
export const nameOf = (placementId: string, number: number): string =>
  number === 0 ? placementId : `${placementId}-${number}`.padEnd(65, "_");

/** The executions of a state machine, reached by a client. */
export function stateMachine(client: SFNClient, stateMachineArn: string): NumberedExecutions {
  return {
    async describe(placementId, number) {
      const arn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${nameOf(placementId, number)}`;
      try {
        const described = await client.send(new DescribeExecutionCommand({ executionArn: arn }));
        const { status, output, error, cause } = described;
        return { arn, status: status!, output, error, cause };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
    async start({ orderId, placementId, generation }, number) {
      try {
        const [name, input] = [nameOf(placementId, number), JSON.stringify({ orderId, placementId, generation })];
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        // There is one of that name, and it has ended.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
  };
}
