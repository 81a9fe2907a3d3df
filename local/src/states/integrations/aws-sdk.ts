import { isObject } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import type { Integration } from "./integration.ts";
import type { JavaSdk } from "./task-integrations.ts";

/**
 * The integration of any operation, `aws-sdk:<service>:<operation>`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export function awsSdkIntegration(service: string, sdk: JavaSdk, action: string): Integration {
  const rename = (value: unknown, change: (name: string) => string) =>
    sdk.smallMembers ? renamed(value, change) : value;
  return {
    parameters: undefined,
    service,
    operation: action[0]!.toUpperCase() + action.slice(1),
    input: ({ input }) => rename(serialized(input as JsonObject), small) as JsonObject,
    output: (answer) => datesAsText(rename(answer ?? {}, capital)),
    error: ({ code, message, statusCode }, requestId) => {
      const bare = code.split(".").at(-1)!;
      // Step Functions names its errors without the suffix that the SDK's classes have.
      const modelled =
        sdk.smallMembers || bare.endsWith("Exception")
          ? `${bare.replace(/Exception$/, "")}Exception`
          : `${sdk.name}Exception`;
      const status = `Service: ${sdk.name}, Status Code: ${statusCode}, Request ID: ${requestId}`;
      return {
        error: `${sdk.name}.${unmodelled.has(bare) ? `${sdk.name}Exception` : modelled}`,
        cause: `${message} (${status}) (SDK Attempt Count: 1)`,
      };
    },
  };
}

/** Errors any service may give that its SDK has no class for. */
const unmodelled: ReadonlySet<string> = new Set(["ValidationException", "AccessDeniedException"]);

const small = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Members that are text to the service, whose value a definition may give as JSON (recorded of Input). */
const textMembers: ReadonlySet<string> = new Set(["Input", "Output", "Definition", "MessageBody", "Payload"]);

const serialized = (input: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      textMembers.has(name) && typeof value === "object" && value !== null ? JSON.stringify(value) : value,
    ]),
  );

function renamed(value: unknown, change: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [change(name), renamed(item, change)]));
}

/** The SDK writes the dates of an answer in ISO 8601 where the wire has seconds. */
function datesAsText(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      /^(?:Start|Stop|Creation)Date$/.test(name) && typeof item === "number"
        ? new Date(item * 1000).toISOString()
        : item,
    ]),
  );
}
