import { UnknownFeature } from "../errors.ts";
import type { HttpRequest } from "./http.ts";
import { respond } from "./http.ts";
import type { Call } from "./protocol.ts";

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/**
 * The query protocol as far as STS GetCallerIdentity needs it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @returns undefined where the path is not that of the query protocol
 * @throws UnknownFeature for any other operation
 */
export function readStsQuery(request: HttpRequest): Call | undefined {
  if (request.method !== "POST" || request.path !== "/") return undefined;
  const operation = new URLSearchParams(request.body).get("Action") ?? "a call without Action";
  if (operation !== "GetCallerIdentity") throw new UnknownFeature(`${operation} of the query protocol`, request.host);
  return {
    service: "sts",
    operation,
    input: {},
    answer: (output, requestId) => {
      const members = Object.entries(output as Record<string, string>).map(([name, text]) =>
        element(name, escape(text)),
      );
      const result = element(`${operation}Result`, members.join(""));
      return xml(200, `<${operation}Response xmlns="${namespace}">${result}</${operation}Response>`, requestId);
    },
    refuse: (error, requestId) => {
      const members = element("Code", escape(error.code)) + element("Message", escape(error.message));
      return xml(
        error.statusCode,
        `<ErrorResponse xmlns="${namespace}">${element("Error", members)}</ErrorResponse>`,
        requestId,
      );
    },
  };
}

const xml = (statusCode: number, body: string, requestId: string) =>
  respond(statusCode, { "content-type": "text/xml", "x-amzn-requestid": requestId }, body);

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;

const escape = (text: string) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]!);
