import type { JsonObject } from "../data/json.ts";
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

const limits = ({
  timeoutSeconds,
  heartbeatSeconds,
}: Pick<TaskRequest, "timeoutSeconds" | "heartbeatSeconds">): JsonObject | undefined =>
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
  scheduled(thread, { resource, input, ...request }) {
    const details = limits(request);
    thread.record({
      type: "LambdaFunctionScheduled",
      kind: "lambdaScheduled",
      subject: resource.arn,
      data: input,
      details,
    });
    thread.record({ type: "LambdaFunctionStarted", kind: "bare" });
  },
  started: () => undefined,
  submitted: () => undefined,
  succeeded: (thread, data) => thread.record({ type: "LambdaFunctionSucceeded", kind: "outcome", data }),
  failed: (thread, failure) =>
    thread.record({ type: "LambdaFunctionFailed", kind: "failure", details: words(failure) }),
  timedOut: (thread, failure) =>
    thread.record({ type: "LambdaFunctionTimedOut", kind: "failure", details: words(failure) }),
};

const activityEvents: TaskEvents = {
  scheduled(thread, { resource, input, ...request }) {
    const details = limits(request);
    thread.record({
      type: "ActivityScheduled",
      kind: "activityScheduled",
      subject: resource.arn,
      data: input,
      details,
    });
  },
  started(thread, workerName) {
    const details = workerName === undefined ? {} : { workerName };
    thread.record({ type: "ActivityStarted", kind: "activityStarted", details });
  },
  submitted: () => undefined,
  succeeded: (thread, data) => thread.record({ type: "ActivitySucceeded", kind: "outcome", data }),
  failed: (thread, failure) => thread.record({ type: "ActivityFailed", kind: "failure", details: words(failure) }),
  timedOut: (thread, failure) => thread.record({ type: "ActivityTimedOut", kind: "failure", details: words(failure) }),
};

function serviceEvents(resource: TaskResource & { kind: "service" }): TaskEvents {
  const names = {
    resourceType: resource.service,
    resource: resource.pattern === "requestResponse" ? resource.action : `${resource.action}.${resource.pattern}`,
  };
  return {
    scheduled(thread, { input, ...request }) {
      const { region } = thread.execution.identity;
      const details = { ...names, ...limits(request) };
      thread.record({ type: "TaskScheduled", kind: "taskScheduled", subject: region, data: input, details });
      thread.record({ type: "TaskStarted", kind: "taskStarted", details: names });
    },
    started: () => undefined,
    submitted: (thread, data) => thread.record({ type: "TaskSubmitted", kind: "taskOutput", data, details: names }),
    succeeded: (thread, data) => thread.record({ type: "TaskSucceeded", kind: "taskOutput", data, details: names }),
    failed: (thread, failure) =>
      thread.record({ type: "TaskFailed", kind: "taskFailure", details: { ...names, ...words(failure) } }),
    timedOut: (thread, failure) =>
      thread.record({ type: "TaskTimedOut", kind: "taskFailure", details: { ...names, ...words(failure) } }),
  };
}
