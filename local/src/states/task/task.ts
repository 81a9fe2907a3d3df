import { isObject } from "../data/json.ts";
import { compileFlow } from "../definition/data-flow.ts";
import type { Fields } from "../definition/fields.ts";
import { compileRecovery } from "../definition/recovery.ts";
import { compileSeconds } from "../definition/seconds.ts";
import type { StateContext } from "../definition/state-context.ts";
import type { State } from "../definition/state.ts";
import type { Thread } from "../execution/thread.ts";
import { Attempt } from "./attempt.ts";
import { eventsOf } from "./events.ts";
import { parameterNames } from "./port.ts";
import type { TaskRequest } from "./port.ts";
import { parseResource } from "./resource.ts";

export const taskFields = {
  JSONPath: [
    "Next",
    "End",
    "Assign",
    "InputPath",
    "Parameters",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
    "Resource",
    "Retry",
    "Catch",
    "TimeoutSeconds",
    "TimeoutSecondsPath",
    "HeartbeatSeconds",
    "HeartbeatSecondsPath",
  ],
  JSONata: [
    "Next",
    "End",
    "Assign",
    "Arguments",
    "Output",
    "Resource",
    "Retry",
    "Catch",
    "TimeoutSeconds",
    "HeartbeatSeconds",
  ],
} as const;

const unlimited = { timeoutSeconds: undefined, heartbeatSeconds: undefined };

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
export function compileTask(fields: Fields, context: StateContext): State {
  const { name, language, link } = context;
  const flow = compileFlow(fields, language, { result: "result" });
  const next = context.next();
  const resource = parseResource(fields.requiredText("Resource"), fields.at("Resource"), context.express);
  const template = fields.get(language === "JSONPath" ? "Parameters" : "Arguments");
  const { start, check } = context.port.prepare(
    resource,
    isObject(template) ? parameterNames(template) : undefined,
    fields.where,
  );
  const timeout = compileSeconds(fields, "TimeoutSeconds", language);
  const heartbeat = compileSeconds(fields, "HeartbeatSeconds", language);
  const [timeoutSeconds, heartbeatSeconds] = [fields.get("TimeoutSeconds"), fields.get("HeartbeatSeconds")];
  if (
    typeof timeoutSeconds === "number" &&
    typeof heartbeatSeconds === "number" &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    throw fields.invalid("HeartbeatSeconds must be smaller than TimeoutSeconds", "HeartbeatSeconds");
  }
  const events = eventsOf(resource);
  const tokened =
    resource.kind === "activity" || (resource.kind === "service" && resource.pattern === "waitForTaskToken");

  const begin = (
    thread: Thread,
    input: unknown,
    limits: Pick<TaskRequest, "timeoutSeconds" | "heartbeatSeconds">,
  ): void => {
    check?.(input);
    const request: TaskRequest = {
      resource,
      input,
      taskToken: thread.taskToken,
      timeoutSeconds: limits.timeoutSeconds,
      heartbeatSeconds: limits.heartbeatSeconds,
      execution: thread.execution.identity,
    };
    new Attempt(thread, request, events, (output) => flow.leave(thread, output, next)).start(start);
  };
  return {
    name,
    type: "Task",
    recovery: compileRecovery(fields, language, link),
    run: (thread) => {
      if (tokened) thread.taskToken = thread.execution.newTaskToken();
      thread.follow(flow.arguments(thread), (input) => {
        if (!timeout && !heartbeat) return begin(thread, input, unlimited);
        thread.follow(timeout?.(thread), (timeLimit) => {
          thread.follow(heartbeat?.(thread), (beatLimit) => {
            begin(thread, input, {
              timeoutSeconds: timeLimit as number | undefined,
              heartbeatSeconds: beatLimit as number | undefined,
            });
          });
        });
      });
    },
  };
}
