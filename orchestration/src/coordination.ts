import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { type Coordination, type DeployedStack, isStateTransition } from "@ovsc/shared/variant";
import { Executions, pathOf } from "./executions.ts";

/** The way to a deployed orchestration: an order is an execution, which tells everything about it. */
export function connect({ outputs, client }: DeployedStack): Coordination {
  const states = client(SFNClient);
  const stateMachineArn = outputs["StateMachineArn"]!;
  const executions = new Executions(stateMachineArn, states);
  return {
    async place(order) {
      try {
        // Named by the order, so that Step Functions itself starts an order once.
        const input = { stateMachineArn, name: order.orderId, input: JSON.stringify(order) };
        await states.send(new StartExecutionCommand(input));
      } catch (error) {
        // The order was submitted before and its execution has ended: nothing is left to start.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    async hasEnded(orderId) {
      const events = await executions.historyOf(orderId);
      return /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(events.at(-1)?.type ?? "");
    },
    ending: (orderId) => executions.endingOf(orderId),
    published: async () => undefined,
    async usage(orderIds) {
      const histories = await Promise.all([...new Set(orderIds)].map((orderId) => executions.historyOf(orderId)));
      return { events: 0, stateTransitions: histories.flat().filter(({ type }) => isStateTransition(type!)).length };
    },
    // The state machine calls the steps synchronously: a failure is its to handle, and no queue holds any.
    deadLetters: async () => [],
    history: async (orderId) => ({ history: (await executions.historyOf(orderId)).map(({ type }) => type!) }),
    story: async (orderId) => pathOf(await executions.historyOf(orderId)),
  };
}
