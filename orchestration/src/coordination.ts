import { SFNClient } from "@aws-sdk/client-sfn";
import { refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import {
  again,
  type Coordination,
  decideBy,
  type DeployedStack,
  isStateTransition,
  repair,
} from "@ovsc/shared/variant";
import { answer } from "./answer.ts";
import { Executions, pathOf } from "./executions.ts";
import { startNext } from "./latest-execution.ts";
import { redrive } from "./redrive.ts";
import { stateMachine } from "./state-machine.ts";

/** The way to a deployed orchestration: a placement is an execution, which tells everything about it. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asClient, asOperator, asApprover, now } = stack;
  const stateMachineArn = outputs["StateMachineArn"]!;
  const executions = new Executions(stateMachineArn, client(SFNClient));
  const placing = stateMachine(asClient.client(SFNClient), stateMachineArn);
  const repairing = stateMachine(asOperator.client(SFNClient), stateMachineArn);
  return {
    async place(placement) {
      await writePlacement(asClient.table, placement, now);
      // Named by the placement, so that Step Functions itself starts it once.
      await placing.start(refOf(placement), 0);
    },
    decide: asApprover && decideBy(stack, { saysFacts: false, wake: answer(asApprover.client(SFNClient)) }),
    async hasEnded({ placementId }) {
      const events = await executions.historyOf(placementId);
      return /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(events.at(-1)?.type ?? "");
    },
    ending: ({ placementId }) => executions.endingOf(placementId),
    published: async () => undefined,
    async usage(placed) {
      const names = new Set(placed.map(({ placementId }) => placementId));
      const histories = await Promise.all([...names].map((name) => executions.historyOf(name)));
      return { events: 0, stateTransitions: histories.flat().filter(({ type }) => isStateTransition(type!)).length };
    },
    // The state machine calls the steps synchronously: a failure is its to handle, and no queue holds any.
    deadLetters: async () => [],
    remedies: {
      redrive: redrive({ client }, executions),
      repair: repair(stack, { saysFacts: false, wake: (placed) => startNext(repairing, placed) }),
      again: again(stack, { saysFacts: false, wake: (placed) => startNext(repairing, placed) }),
    },
    history: async ({ placementId }) => ({
      history: (await executions.historyOf(placementId)).map(({ type }) => type!),
    }),
    execution: ({ placementId }) => executions.recordOf(placementId),
    story: async ({ placementId }) => pathOf(await executions.historyOf(placementId)),
  };
}
