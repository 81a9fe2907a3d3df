import { billedBytes } from "../../billed-bytes.ts";
import type { JsonObject } from "../data/json.ts";

/** What an event is about; each kind has its own shape on the wire. */
export type EventKind =
  | "bare"
  | "executionStarted"
  | "redriven"
  | "outcome"
  | "failure"
  | "stateEntered"
  | "stateExited"
  | "lambdaScheduled"
  | "activityScheduled"
  | "activityStarted"
  | "taskScheduled"
  | "taskStarted"
  | "taskOutput"
  | "taskFailure"
  | "mapStateStarted"
  | "mapIteration"
  | "mapRunStarted"
  | "evaluationFailed";

/** An event that an execution is to record. */
export interface NewEvent {
  readonly type: string;
  readonly kind: EventKind;
  readonly previousEventId: number;
  /** The state's name, the resource, the role, or the region of a task. */
  readonly subject?: string;
  /** Input, output or parameters. */
  readonly data?: unknown;
  readonly details?: JsonObject | undefined;
}

/** One event as it is kept: the shape of GetExecutionHistory is made when somebody asks. */
export interface ExecutionEvent extends NewEvent {
  readonly atMs: number;
}

const notTruncated = { truncated: false };

/**
 * An event as GetExecutionHistory gives it; timestamps are in seconds.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 * @param includeData false leaves out inputs and outputs
 */
export function renderEvent(event: ExecutionEvent, id: number, includeData = true): JsonObject {
  const details = detailsOf(event, includeData);
  return {
    timestamp: event.atMs / 1000,
    type: event.type,
    id,
    previousEventId: event.previousEventId,
    ...(details && { [memberOf(event)]: details }),
  };
}

/** The member of the wire shape that holds the details of an event. */
function memberOf({ type, kind }: ExecutionEvent): string {
  if (kind === "stateEntered") return "stateEnteredEventDetails";
  if (kind === "stateExited") return "stateExitedEventDetails";
  return `${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`;
}

function detailsOf({ kind, subject, data, details }: ExecutionEvent, includeData: boolean): JsonObject | undefined {
  const text = (name: string) =>
    includeData
      ? { [name]: JSON.stringify(data), [`${name}Details`]: notTruncated }
      : { [`${name}Details`]: notTruncated };
  switch (kind) {
    case "bare":
      return undefined;
    case "executionStarted":
      return { ...text("input"), roleArn: subject };
    case "outcome":
      return text("output");
    case "stateEntered":
      return { name: subject, ...text("input") };
    case "stateExited":
      return { name: subject, ...text("output"), ...(details && assigned(details, includeData)) };
    case "lambdaScheduled":
    case "activityScheduled":
      return { resource: subject, ...text("input"), ...details };
    case "taskScheduled":
      return { ...details, region: subject, parameters: includeData ? JSON.stringify(data) : "" };
    case "taskOutput":
      return { ...details, ...text("output") };
    case "mapStateStarted":
      return { length: data };
    case "mapIteration":
      return { name: subject, index: data };
    case "redriven":
    case "failure":
    case "activityStarted":
    case "taskStarted":
    case "taskFailure":
    case "mapRunStarted":
    case "evaluationFailed":
      break;
  }
  return details ?? {};
}

const assigned = (variables: JsonObject, includeData: boolean): JsonObject => ({
  ...(includeData && {
    assignedVariables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  }),
  assignedVariablesDetails: notTruncated,
});

/** The bytes of the data that an event carries: input, output, parameters, variables, error and cause. */
export function bytesOfData({ kind, data, details }: ExecutionEvent): number {
  // The data of these is a number: of items, or of the one that is meant.
  const isText = data !== undefined && kind !== "mapStateStarted" && kind !== "mapIteration";
  const own = isText ? billedBytes(JSON.stringify(data)) : 0;
  if (!details) return own;
  if (kind === "stateExited") return own + billedBytes(JSON.stringify(details));
  return own + billedBytes(`${textOf(details["error"])}${textOf(details["cause"])}`);
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
