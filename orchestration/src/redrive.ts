import { RedriveExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
import type { DeployedStack, Remedy } from "@ovsc/shared/variant";
import type { Executions } from "./executions.ts";

/**
 * Redrives executions: each goes on in the state that failed, with the input that it had there. Only a Task that nobody
 * catches is worth it: an execution that ended in a Fail state would fail there again.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html (2026-11-21)
 */
export function redrive({ client }: Pick<DeployedStack, "client">, executions: Executions): Remedy {
  const states = client(SFNClient);
  return {
    does: "redrives the orders' executions, each from the state that failed",
    async apply({ placed }) {
      const done: string[] = [];
      for (const { placementId } of placed) {
        const { id: executionArn, status, error = "no error name" } = await executions.endingOf(placementId);
        if (status === "SUCCEEDED" || status === "RUNNING") {
          done.push(`left execution ${placementId} alone: it is ${status}`);
          continue;
        }
        await states.send(new RedriveExecutionCommand({ executionArn }));
        done.push(`redrove execution ${placementId}, which had ${status} with ${error}`);
      }
      return done;
    },
  };
}
