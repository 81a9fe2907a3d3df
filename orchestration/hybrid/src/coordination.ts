import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { connect as orchestrate } from "@ovsc/orchestration";
import { answer } from "@ovsc/orchestration/answer";
import { startNext } from "@ovsc/orchestration/latest-execution";
import { stateMachine } from "@ovsc/orchestration/state-machine";
import { type Approval, eventSource, isEventName, moveOf, type PlacementRef, steps } from "@ovsc/shared";
import { publishTo } from "@ovsc/shared/publish";
import {
  again,
  type Coordination,
  deadLettersOn,
  decideBy,
  type DeployedStack,
  repair,
  storyInLogs,
} from "@ovsc/shared/variant";

/** The way to a deployed hybrid: that to its state machine, and what was said on its bus. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asOperator, asApprover, logs, events: heard } = stack;
  const orchestrated = orchestrate(stack);
  const repairing = stateMachine(asOperator.client(SFNClient), outputs["StateMachineArn"]!);
  const published: Coordination["published"] = async (placed) => {
    // A step logs an event once the bus has taken it.
    if (!heard) return (await logs(placed)).map(({ message }) => message).filter(isEventName);
    return heard(placed).flatMap(({ source, detailType }) => (source === eventSource ? [detailType] : []));
  };
  return {
    ...orchestrated,
    decide: asApprover && decideBy(stack, { saysFacts: true, wake: sayAndAnswer(outputs["BusName"]!, asApprover) }),
    published,
    async usage(placed) {
      const unique = new Map(placed.map((each) => [each.placementId, each]));
      const said = await Promise.all([...unique.values()].map(published));
      // The listeners' own transitions are not among them: an order does not wait for what they take.
      return { ...(await orchestrated.usage(placed)), events: said.flat().length };
    },
    deadLetters: deadLettersOn(outputs["DeadLetterQueueUrl"]!, client),
    remedies: {
      ...orchestrated.remedies,
      repair: repair(stack, { saysFacts: true, wake: (placed) => startNext(repairing, placed) }),
      again: again(stack, { saysFacts: true, wake: (placed) => startNext(repairing, placed) }),
    },
    async history(placed) {
      // Delivery has no order.
      return { ...(await orchestrated.history(placed)), events: [...((await published(placed)) ?? [])].toSorted() };
    },
    async story(placed) {
      const told = await orchestrated.story(placed);
      const listened = (await logs(placed)).filter(({ step }) => !Object.hasOwn(steps, step) && step !== "Sweeper");
      return [...told, ...storyInLogs(listened)].toSorted((a, b) => a.atMs - b.atMs);
    },
  };
}

/** Says a decision to whoever listens, then to the execution that waits. */
function sayAndAnswer(busName: string, { client }: NonNullable<DeployedStack["asApprover"]>) {
  const publish = publishTo(busName, client(EventBridgeClient));
  const tell = answer(client(SFNClient));
  return async (placed: PlacementRef, approval: Approval, taskToken: string | undefined): Promise<void> => {
    await publish(moveOf(approval), { ...placed, causationId: "approver" });
    await tell(placed, approval, taskToken);
  };
}
