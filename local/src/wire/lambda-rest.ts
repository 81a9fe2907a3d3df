import { UnknownFeature } from "../errors.ts";
import { refuseInJson } from "./aws-json.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { header, respond } from "./http.ts";
import type { Call } from "./protocol.ts";

const json = "application/json";
const functionPath = /^\/(\d{4}-\d\d-\d\d)\/functions(?:\/([^/]+))?(?:\/([a-z-]+))?\/?$/;

/** Operations that are a GET of a path, by API version and the path's last part. */
const reads: Readonly<Record<string, string>> = {
  "2015-03-31 list": "ListFunctions",
  "2015-03-31 function": "GetFunction",
  "2015-03-31 configuration": "GetFunctionConfiguration",
  "2019-09-25 event-invoke-config": "GetFunctionEventInvokeConfig",
  "2025-12-01 durable-executions": "ListDurableExecutionsByFunction",
};

const durablePath = /^\/2025-12-01\/durable-execution(s|-callbacks)\/([^/]+)(?:\/([a-z-]+))?\/?$/;

/** Operations of durable executions and their callbacks, by method and the path's last part. */
const ofExecutions: Readonly<Record<string, string>> = {
  GET: "GetDurableExecution",
  "GET state": "GetDurableExecutionState",
  "POST checkpoint": "CheckpointDurableExecution",
};

/** The body is a payload of its own. */
const ofCallbacks: Readonly<Record<string, { readonly operation: string; readonly payload: "Result" | "Error" }>> = {
  "POST succeed": { operation: "SendDurableExecutionCallbackSuccess", payload: "Result" },
  "POST fail": { operation: "SendDurableExecutionCallbackFailure", payload: "Error" },
};

/**
 * Lambda's REST paths. https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 * @returns undefined where the path is not Lambda's
 * @throws UnknownFeature for a path of Lambda's that the cloud does not know
 */
export function readLambdaRest(request: HttpRequest): Call | undefined {
  const durable = readDurable(request);
  if (durable) return durable;
  const match = functionPath.exec(request.path);
  if (!match) return undefined;
  const [, version, name, last] = match;
  if (request.method === "POST" && version === "2015-03-31" && name && last === "invocations") {
    return readInvoke(request, decodeURIComponent(name));
  }
  const operation = reads[`${version} ${last ?? (name ? "function" : "list")}`];
  if (request.method !== "GET" || !operation) {
    throw new UnknownFeature(`Lambda's ${request.method} ${request.path}`, request.host);
  }
  return {
    service: "lambda",
    operation,
    input: { ...(name && { FunctionName: decodeURIComponent(name) }), ...request.query },
    answer: answerJson,
    refuse,
  };
}

const answerJson = (output: unknown, requestId: string): HttpResponse =>
  respond(200, { "content-type": json, "x-amzn-requestid": requestId }, JSON.stringify(output));

function readDurable(request: HttpRequest): Call | undefined {
  const match = durablePath.exec(request.path);
  if (!match) return undefined;
  const [, kind, id, last] = match;
  const known = [request.method, last].filter(Boolean).join(" ");
  const named = decodeURIComponent(id!);
  if (kind === "s" && Object.hasOwn(ofExecutions, known)) {
    const body = request.body === "" ? {} : (JSON.parse(request.body) as object);
    const input = { DurableExecutionArn: named, ...request.query, ...body };
    return { service: "lambda", operation: ofExecutions[known]!, input, answer: answerJson, refuse };
  }
  if (kind === "-callbacks" && Object.hasOwn(ofCallbacks, known)) {
    const { operation, payload } = ofCallbacks[known]!;
    const given = payload === "Error" && request.body !== "" ? (JSON.parse(request.body) as object) : request.body;
    const input = { CallbackId: named, ...(request.body !== "" && { [payload]: given }) };
    return { service: "lambda", operation, input, answer: answerJson, refuse };
  }
  throw new UnknownFeature(`Lambda's ${request.method} ${request.path}`, request.host);
}

/** Invoke: parameters in headers, the payload as it is in the body. */
function readInvoke(request: HttpRequest, functionName: string): Call {
  const parameters = {
    InvocationType: header(request, "x-amz-invocation-type"),
    LogType: header(request, "x-amz-log-type"),
    ClientContext: header(request, "x-amz-client-context"),
    DurableExecutionName: header(request, "x-amz-durable-execution-name"),
    Qualifier: request.query["Qualifier"],
    Payload: request.body === "" ? undefined : request.body,
  };
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return {
    service: "lambda",
    operation: "Invoke",
    input: { FunctionName: functionName, ...Object.fromEntries(given) },
    answer: (output, requestId) => answerInvoke(output as InvokeOutput, requestId),
    refuse,
  };
}

interface InvokeOutput {
  readonly StatusCode: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  readonly DurableExecutionArn?: string;
  readonly Payload?: string;
}

function answerInvoke(output: InvokeOutput, requestId: string): HttpResponse {
  const headers: Record<string, string> = { "content-type": json, "x-amzn-requestid": requestId };
  if (output.ExecutedVersion) headers["x-amz-executed-version"] = output.ExecutedVersion;
  if (output.FunctionError) headers["x-amz-function-error"] = output.FunctionError;
  if (output.DurableExecutionArn) headers["x-amz-durable-execution-arn"] = output.DurableExecutionArn;
  return respond(output.StatusCode, headers, output.Payload ?? "");
}

const refuse: Call["refuse"] = (error, requestId) => refuseInJson(error, requestId, json);
