import type { JsonObject } from "../data/json.ts";
import type { EventKind } from "../execution/execution-event.ts";
import type { Thread } from "../execution/thread.ts";
import type { StateFailure } from "../failure.ts";
import type { TaskRequest, TaskResource } from "./port.ts";

/** The events of a task's attempt, which have other names for functions, activities and service integrations. */
export interface TaskEvents {
  scheduled(thread: Thread, request: TaskRequest): void;
  started(thread: Thread, workerName: string | undefined): void;
  submitted(thread: Thread, output: unknown): void;
  succeeded(thread: Thread, output: unknown): void;
  failed(thread: Thread, failure: StateFailure): void;
  timedOut(thread: Thread, failure: StateFailure): void;
}

function add(
  thread: Thread,
  type: string,
  kind: EventKind,
  subject?: string,
  data?: unknown,
  details?: JsonObject,
): void {
  thread.previousEventId = thread.execution.record(type, kind, thread.previousEventId, subject, data, details);
}

const limits = ({ timeoutSeconds, heartbeatSeconds }: TaskRequest): JsonObject | undefined =>
  timeoutSeconds === undefined && heartbeatSeconds === undefined
    ? undefined
    : {
        ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
        ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
      };

const words = ({ error, cause }: StateFailure): JsonObject => ({
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export function eventsOf(resource: TaskResource): TaskEvents {
  return resource.kind === "service"
    ? serviceEvents(resource)
    : resource.kind === "lambda"
      ? lambdaEvents
      : activityEvents;
}

const lambdaEvents: TaskEvents = {
  scheduled(thread, request) {
    add(thread, "LambdaFunctionScheduled", "lambdaScheduled", request.resource.arn, request.input, limits(request));
    add(thread, "LambdaFunctionStarted", "bare");
  },
  started: () => undefined,
  submitted: () => undefined,
  succeeded: (thread, output) => add(thread, "LambdaFunctionSucceeded", "outcome", undefined, output),
  failed: (thread, failure) => add(thread, "LambdaFunctionFailed", "failure", undefined, undefined, words(failure)),
  timedOut: (thread, failure) => add(thread, "LambdaFunctionTimedOut", "failure", undefined, undefined, words(failure)),
};

const activityEvents: TaskEvents = {
  scheduled: (thread, request) =>
    add(thread, "ActivityScheduled", "activityScheduled", request.resource.arn, request.input, limits(request)),
  started: (thread, workerName) =>
    add(
      thread,
      "ActivityStarted",
      "activityStarted",
      undefined,
      undefined,
      workerName === undefined ? {} : { workerName },
    ),
  submitted: () => undefined,
  succeeded: (thread, output) => add(thread, "ActivitySucceeded", "outcome", undefined, output),
  failed: (thread, failure) => add(thread, "ActivityFailed", "failure", undefined, undefined, words(failure)),
  timedOut: (thread, failure) => add(thread, "ActivityTimedOut", "failure", undefined, undefined, words(failure)),
};

function serviceEvents(resource: TaskResource & { kind: "service" }): TaskEvents {
  const names = {
    resourceType: resource.service,
    resource: resource.pattern === "requestResponse" ? resource.action : `${resource.action}.${resource.pattern}`,
  };
  return {
    scheduled(thread, request) {
      const limited = limits(request);
      const { region } = thread.execution.identity;
      add(thread, "TaskScheduled", "taskScheduled", region, request.input, limited ? { ...names, ...limited } : names);
      add(thread, "TaskStarted", "taskStarted", undefined, undefined, names);
    },
    started: () => undefined,
    submitted: (thread, output) => add(thread, "TaskSubmitted", "taskOutput", undefined, output, names),
    succeeded: (thread, output) => add(thread, "TaskSucceeded", "taskOutput", undefined, output, names),
    failed: (thread, failure) =>
      add(thread, "TaskFailed", "taskFailure", undefined, undefined, { ...names, ...words(failure) }),
    timedOut: (thread, failure) =>
      add(thread, "TaskTimedOut", "taskFailure", undefined, undefined, { ...names, ...words(failure) }),
  };
}
