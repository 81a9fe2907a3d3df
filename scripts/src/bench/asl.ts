import { inOrder } from "@ovsc/local";
import { compile, Execution, renderEvent, type TaskPort, VirtualClock } from "@ovsc/local/interpreter";
import { measure, type Pace, type Spread } from "./spread.ts";

const states = ["First", "Second", "Third", "Fourth"];

/** Four tasks in a row, each answered with a constant. */
const definition = {
  StartAt: "First",
  States: Object.fromEntries(
    states.map((name, index) => [
      name,
      {
        Type: "Task",
        Resource: "arn:aws:lambda:eu-west-2:000000000000:function:constant",
        ...(states[index + 1] ? { Next: states[index + 1] } : { End: true }),
      },
    ]),
  ),
};
const port: TaskPort = {
  prepare: () => ({
    start: (_request, answer) => {
      answer.succeeded({ answer: 42 });
      return undefined;
    },
  }),
};

/**
 * @param rendered each history also becomes what GetExecutionHistory answers; otherwise it is only kept
 * @returns four-task executions per second and core, each with its whole history of 22 events
 */
export function executionRate(rendered: boolean, pace: Pace): Promise<Spread> {
  const program = compile(definition, port);
  const host = {
    clock: new VirtualClock(inOrder, 0),
    choices: inOrder,
    uuid: () => "00000000-0000-4000-8000-000000000000",
  };
  const identity = {
    arn: "arn:aws:states:eu-west-2:000000000000:execution:bench:one",
    name: "one",
    roleArn: "arn:aws:iam::000000000000:role/bench",
    correlationId: undefined,
    stateMachine: { Id: "arn:aws:states:eu-west-2:000000000000:stateMachine:bench", Name: "bench" },
    region: "eu-west-2",
    type: "STANDARD" as const,
  };
  return measure(async () => {
    const many = 1_000;
    for (let count = 0; count < many; count += 1) {
      const execution = new Execution(identity, program, { count }, host);
      execution.start();
      const history = rendered
        ? execution.events.map((event, index) => renderEvent(event, index + 1))
        : execution.events;
      if (history.at(-1)?.type !== "ExecutionSucceeded") throw new Error(`an execution ended ${execution.status}`);
    }
    return many;
  }, pace);
}
