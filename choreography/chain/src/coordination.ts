import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { type PlacementRef, refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import {
  again,
  type Coordination,
  deadLettersOn,
  type DeployedStack,
  isOver,
  refuseAboveLimit,
  repair,
  storyInLogs,
} from "@ovsc/shared/variant";

/** The way to a deployed chain: a client calls the first function and waits until the last has answered. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asClient, asOperator, logs, now } = stack;
  const lambda = asClient.client(LambdaClient, { maxAttempts: 1 });
  /** The calls that clients wait for, by placement. */
  const waiting = new Map<string, Promise<unknown>>();
  const answered = new Set<string>();
  const hangUps = new Map<string, AbortController>();
  return {
    async place(placement) {
      const { placementId } = placement;
      refuseAboveLimit(outputs, placement);
      await writePlacement(asClient.table, placement, now);
      const Payload = JSON.stringify(refOf(placement));
      const hangUp = new AbortController();
      hangUps.set(placementId, hangUp);
      const call = lambda.send(new InvokeCommand({ FunctionName: outputs["FunctionName"], Payload }), {
        abortSignal: hangUp.signal,
      });
      // The client waits; others may place meanwhile. Whatever he hears or does not, the row tells how it ended.
      const heard = call.then(
        () => void answered.add(placementId),
        () => void answered.add(placementId),
      );
      waiting.set(placementId, heard);
    },
    // The functions go on: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (2026-11-21)
    hangUp: ({ placementId }) => hangUps.get(placementId)?.abort(),
    // The way back goes on after the client was answered.
    hasEnded: async (placed) => answered.has(placed.placementId) && isOver(stack, placed),
    ending: async () => undefined,
    published: async () => undefined,
    usage: async () => ({ events: 0, stateTransitions: 0 }),
    deadLetters: deadLettersOn(outputs["DeadLetterQueueUrl"]!, client),
    remedies: {
      // As a function would that takes back what it did.
      repair: repair(stack, { saysFacts: false, wake: start(outputs["UndoFunctionName"]!) }),
      again: again(stack, { saysFacts: false, wake: start(outputs["FunctionName"]!) }),
    },
    history: async (placed) => ({ steps: (await logs(placed)).map(({ step, message }) => `${step} ${message}`) }),
    story: async (placed) => storyInLogs(await logs(placed)),
  };

  function start(FunctionName: string) {
    const functions = asOperator.client(LambdaClient);
    return async (placed: PlacementRef): Promise<void> => {
      const Payload = JSON.stringify(placed);
      await functions.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
    };
  }
}
