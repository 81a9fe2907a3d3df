import { AwsError, UnknownFeature } from "../errors.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { respond } from "./http.ts";
import type { AwsJson, Call } from "./protocol.ts";

/** The services that speak AWS JSON, by the first half of `x-amz-target`. */
export type JsonServices = ReadonlyMap<string, { readonly service: string; readonly protocol: AwsJson }>;

/**
 * AWS JSON 1.0 and 1.1: the operation stands in `x-amz-target`, input and output are the whole bodies.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @throws UnknownFeature for a service the cloud does not have
 */
export function readAwsJson(request: HttpRequest, target: string, services: JsonServices): Call {
  const dot = target.lastIndexOf(".");
  const found = services.get(target.slice(0, dot));
  if (!found) throw new UnknownFeature(`the service of ${target}`, request.host);
  const { service, protocol } = found;
  const contentType = `application/x-amz-json-${protocol.version}`;
  return {
    service,
    operation: target.slice(dot + 1),
    input: parseInput(request.body),
    answer: (output, requestId) =>
      respond(200, { "content-type": contentType, "x-amzn-requestid": requestId }, JSON.stringify(output ?? {})),
    refuse: (error, requestId) => {
      const response = refuseInJson(error, requestId, contentType);
      Object.assign(response.headers, protocol.errorHeaders?.(error));
      return response;
    },
  };
}

/** An error in JSON: its code in the body, where AWS JSON looks for it, and in the header, where REST JSON does. */
export function refuseInJson(error: AwsError, requestId: string, contentType: string): HttpResponse {
  const body = JSON.stringify({ __type: error.code, message: error.message, ...error.members });
  const headers = { "content-type": contentType, "x-amzn-errortype": error.code, "x-amzn-requestid": requestId };
  return respond(error.statusCode, headers, body);
}

function parseInput(body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = body === "" ? {} : JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "could not parse the request body as JSON");
  }
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  throw new AwsError("SerializationException", "the request body is not a JSON object");
}
