import type { JsonObject } from "../data/json.ts";

/** What the `Resource` of a Task names. */
export type TaskResource =
  | { readonly kind: "lambda"; readonly arn: string }
  | { readonly kind: "activity"; readonly arn: string }
  | {
      readonly kind: "service";
      readonly arn: string;
      /** For instance `lambda`, `sqs`, `aws-sdk:dynamodb`. */
      readonly service: string;
      /** For instance `invoke`, `sendMessage`. */
      readonly action: string;
      readonly pattern: "requestResponse" | "waitForTaskToken" | "sync" | "sync:2";
    };

/** One attempt of a Task state. */
export interface TaskRequest {
  readonly resource: TaskResource;
  /** The payload after Parameters or Arguments; never changed afterwards. */
  readonly input: unknown;
  /** For `.waitForTaskToken` and activities: what SendTaskSuccess names. */
  readonly taskToken: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly execution: TaskExecution;
}

/** On whose behalf a task runs. */
export interface TaskExecution {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly correlationId: string | undefined;
  readonly stateMachine: { readonly Id: string; readonly Name: string };
}

/** How a task answers. Everything after `succeeded`, `failed` or the cancelling is ignored. */
export interface TaskAnswer {
  /** An activity worker took the task. */
  started(workerName: string | undefined): void;
  /** The request of a `.sync` or `.waitForTaskToken` task was accepted; the result comes later. */
  submitted(output: unknown): void;
  heartbeat(): void;
  succeeded(output: unknown): void;
  /** With the name that Retry and Catch see, and a cause, usually JSON or a sentence; a worker may leave out either. */
  failed(error: string | undefined, cause: string | undefined): void;
  /** A fault of the cloud itself, which whoever drives the clock is to hear of. */
  crashed(error: unknown): void;
}

/** Lets go of a task: called once, when it was answered, timed out or was aborted. */
export type Cancel = (() => void) | undefined;

/** Starts one attempt. It may answer before it returns. */
export type StartTask = (request: TaskRequest, answer: TaskAnswer) => Cancel;

/** What a Task state does, prepared when its machine is compiled. */
export interface PreparedTask {
  readonly start: StartTask;
  /** Called before each attempt. Throws RuntimeFault where none can be scheduled, as for an activity that is gone. */
  readonly check?: (input: unknown) => void;
}

/** Where tasks run: other services of the cloud, or answers given as data. */
export interface TaskPort {
  /**
   * Called once per Task state when a machine is compiled.
   * @param parameters the names of the members of Parameters or Arguments, without `.$`; undefined where not static
   * @throws UnknownFeature for a resource or parameter the port does not know
   */
  prepare(resource: TaskResource, parameters: readonly string[] | undefined, where: string): PreparedTask;
}

/** The names of a template's members without the `.$` of JSONPath. */
export const parameterNames = (template: JsonObject): string[] =>
  Object.keys(template).map((name) => (name.endsWith(".$") ? name.slice(0, -2) : name));
