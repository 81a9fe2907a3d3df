import { type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { PlacementRef } from "@ovsc/shared";

/**
 * Starts an execution that nobody waits for: CreateOrder begins, or is overtaken and WhereIsIt leads on from the row.
 * Two under one name are two executions, and only the row makes them one order.
 */
export async function startAgain(
  client: SFNClient,
  stateMachineArn: string,
  { orderId, placementId, generation }: PlacementRef,
): Promise<void> {
  const input = JSON.stringify({ orderId, placementId, generation });
  await client.send(new StartExecutionCommand({ stateMachineArn, name: placementId, input }));
}
