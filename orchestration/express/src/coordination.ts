import { SFNClient, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { type PlacementRef, refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import {
  again,
  type Coordination,
  type DeployedStack,
  isOver,
  refuseAboveLimit,
  repair,
  storyInLogs,
} from "@ovsc/shared/variant";
import { executionSeconds } from "./execution-seconds.ts";
import { startAgain } from "./start-again.ts";
import type { Start } from "./start.ts";

/** The way to deployed Express workflows. No execution can be described afterwards: the row tells how it ended. */
export const connect =
  (start: Start) =>
  (stack: DeployedStack): Coordination => {
    const { outputs, asClient, asOperator, logs, now } = stack;
    const stateMachineArn = outputs["StateMachineArn"]!;
    const placing = asClient.client(SFNClient);
    const repairing = asOperator.client(SFNClient);
    /** How often a client that waits was answered, by placement. */
    const answers = new Map<string, number>();
    /** Why an execution was not even started. */
    const refused = new Map<string, Error>();
    return {
      async place(placement) {
        refuseAboveLimit(outputs, placement);
        await writePlacement(asClient.table, placement, now);
        const placed = refOf(placement);
        await (start === "sync" ? startAndWait(placed) : startAgain(placing, stateMachineArn, placed));
      },
      async hasEnded(placed, times) {
        if (start === "async") return isOverOrCutOff(placed);
        return refused.has(placed.placementId) || (answers.get(placed.placementId) ?? 0) >= times;
      },
      async ending({ placementId }) {
        if (refused.has(placementId)) throw refused.get(placementId)!;
        return undefined;
      },
      published: async () => undefined,
      // Their history is in the log alone, and is not what they are billed by.
      usage: async () => ({ events: 0, stateTransitions: "unknown" }),
      // The state machine calls the steps synchronously: a failure is its to handle, and no queue holds any.
      deadLetters: async () => [],
      remedies: {
        repair: repair(stack, { saysFacts: false, wake: (placed) => startAgain(repairing, stateMachineArn, placed) }),
        again: again(stack, { saysFacts: false, wake: (placed) => startAgain(repairing, stateMachineArn, placed) }),
      },
      history: async (placed) => ({ steps: (await logs(placed)).map(({ step, message }) => `${step} ${message}`) }),
      story: async (placed) => storyInLogs(await logs(placed)),
    };

    /** The client waits; others may place meanwhile. Whatever he hears or does not, the row tells how it ended. */
    async function startAndWait({ orderId, placementId }: PlacementRef): Promise<void> {
      const input = JSON.stringify({ orderId, placementId });
      const command = new StartSyncExecutionCommand({ stateMachineArn, name: placementId, input });
      void placing.send(command).then(
        () => void answers.set(placementId, 1 + (answers.get(placementId) ?? 0)),
        (error: Error) => void refused.set(placementId, error),
      );
    }

    /** True once the order is at its end, or no execution can run any more. */
    async function isOverOrCutOff(placed: PlacementRef): Promise<boolean> {
      if (await isOver(stack, placed)) return true;
      const [first] = await logs(placed);
      return first !== undefined && Date.parse(now()) - first.atMs > 1000 * executionSeconds;
    }
  };
