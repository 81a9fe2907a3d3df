import { LambdaClient } from "@aws-sdk/client-lambda";
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import type { TaskPayload, TaskResult } from "@ovsc/orchestration/as-task";
import { log, type Ports } from "@ovsc/shared";
import { SagaFailed, type Surroundings, workflow } from "./workflow.ts";

interface Durably extends Pick<Ports, "orders"> {
  /** Before each further try of a step: a list of seconds, as JSON. */
  readonly delays: string;
}

/** The handler of a durable function that runs the workflow. */
export function durably({ orders, delays }: Durably, run: Surroundings["run"]) {
  const surroundings: Surroundings = {
    run,
    delays: JSON.parse(delays) as number[],
    async whereIs(orderId) {
      const row = await orders.get(orderId as string);
      if (!row) throw new Error(`order ${String(orderId)} has no row`);
      return row.status;
    },
  };
  return withDurableExecution<TaskPayload, TaskResult>(
    async (input, context) => {
      try {
        return await workflow(input, context, surroundings);
      } catch (error) {
        if (!(error instanceof SagaFailed)) throw toldOf(error as Error, input);
        throw error;
      }
    },
    // Its own default client has settings that no execution here needs.
    { client: new LambdaClient({}) },
  );
}

/** Logs that a workflow ends otherwise than the saga does, for the alarm. */
function toldOf(error: Error, { orderId, placementId }: TaskPayload): Error {
  const about = { step: "Workflow", correlationId: orderId, placementId, causationId: placementId };
  log("error", "workflow stopped", { ...about, error: error.name, reason: error.message });
  return error;
}
