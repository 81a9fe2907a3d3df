import { crc32 } from "node:zlib";
import type { AwsError } from "../../errors.ts";
import type { Caller } from "../../service.ts";
import type { JsonObject } from "../data/json.ts";
import type { TaskRequest, TaskResource } from "../task/port.ts";

/** What a service integration does: the call it makes and how the answer and the errors look to the state machine. */
export interface Integration {
  /** The members that Parameters or Arguments may have; undefined where any will be checked by the service. */
  readonly parameters: readonly string[] | undefined;
  readonly service: string;
  readonly operation: string;
  /** The fields whose values cannot be sent at all; the task then fails before it is scheduled. */
  unfit?(input: JsonObject): readonly string[];
  /** The input of the operation. Throws StateFailure for parameters that cannot be sent. */
  input(request: TaskRequest): Readonly<Record<string, unknown>>;
  /** @throws StateFailure for an answer that is a failure to the state machine */
  output(answer: unknown, context: AnswerContext): unknown;
  /** The error name and the cause for an error of the service. */
  error(error: AwsError, requestId: string): { readonly error: string; readonly cause: string };
}

export interface AnswerContext {
  readonly requestId: string;
  readonly nowMs: number;
}

export type ServiceResource = TaskResource & { readonly kind: "service" };

/** On whose behalf a task calls: the machine's role, caused by the execution. */
export const callerOf = ({ execution }: TaskRequest): Caller => ({
  principal: { kind: "role", arn: execution.roleArn },
  trace: { correlationId: execution.correlationId, causationId: execution.arn },
});

/** The cause of an error of an optimized integration, which speaks the words of the AWS SDK for Java 1. */
export const optimizedCause = (service: string, { message, statusCode, code }: AwsError, requestId: string): string =>
  `${message} (Service: ${service}; Status Code: ${statusCode}; Error Code: ${code}; ` +
  `Request ID: ${requestId}; Proxy: null)`;

/** Error names of SDK for Java 1: a modelled exception keeps its name, any other gets the service's own. */
export const optimizedError =
  (
    prefix: string,
    service: string,
    fallback: string,
    modelled: Readonly<Record<string, string>>,
  ): Integration["error"] =>
  (error, requestId) => ({
    error: `${prefix}.${modelled[error.code] ?? fallback}`,
    cause: optimizedCause(service, error, requestId),
  });

/** A table of modelled exceptions whose code is their name. */
export const byName = (...codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(codes.map((code) => [code, code]));

/** The HTTP details that optimized integrations add to an answer. */
export function withSdkMetadata(
  answer: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
  { requestId, nowMs }: AnswerContext,
): Record<string, unknown> {
  const single: Record<string, string> = { "x-amzn-RequestId": requestId, ...headers, Date: httpDate(nowMs) };
  const all: Record<string, readonly string[]> = {};
  for (const name in single) all[name] = [single[name]!];
  return {
    ...answer,
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: single, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}

let dateMs = NaN;
let dateText = "";

/** Dates of headers have whole seconds, so that one text serves all answers of a second. */
function httpDate(nowMs: number): string {
  const secondMs = nowMs - (nowMs % 1000);
  if (secondMs !== dateMs) {
    dateMs = secondMs;
    dateText = new Date(secondMs).toUTCString();
  }
  return dateText;
}

/** The headers of a service that speaks JSON 1.0; those of DynamoDB hold a checksum besides. */
export function jsonHeaders(answer: unknown, { checksum = false } = {}): Record<string, string> {
  const text = JSON.stringify(answer);
  return {
    ...(checksum
      ? { Server: "Server", Connection: "keep-alive", "x-amz-crc32": String(crc32(text)) }
      : { connection: "keep-alive" }),
    "Content-Length": String(Buffer.byteLength(text)),
    "Content-Type": "application/x-amz-json-1.0",
  };
}
