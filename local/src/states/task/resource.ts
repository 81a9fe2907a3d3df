import { UnknownFeature } from "../../errors.ts";
import { invalidDefinition } from "../definition/invalid-definition.ts";
import type { TaskResource } from "./port.ts";

const suffixes = {
  "": "requestResponse",
  ".waitForTaskToken": "waitForTaskToken",
  ".sync": "sync",
  ".sync:2": "sync:2",
} as const;

/**
 * Reads the `Resource` of a Task state.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
 * @param express Express machines have neither activities nor `.sync` and `.waitForTaskToken`
 */
export function parseResource(arn: string, where: string, express: boolean): TaskResource {
  const lambda = /^arn:aws[\w-]*:lambda:[\w-]*:\d{12}:function:/.test(arn);
  if (lambda) return { kind: "lambda", arn };
  const unsupported = () =>
    invalidDefinition(`The resource provided ${arn} is not supported by EXPRESS state machines`, where);
  if (/^arn:aws[\w-]*:states:[\w-]+:\d{12}:activity:/.test(arn)) {
    if (express) throw unsupported();
    return { kind: "activity", arn };
  }
  const match =
    /^arn:aws[\w-]*:states:[\w-]*:\d*:((?:aws-sdk:)?[\w-]+):(\w+)(\.waitForTaskToken|\.sync:2|\.sync)?$/.exec(arn);
  const [, service, action, suffix = ""] = match ?? [];
  if (service === undefined || action === undefined) throw new UnknownFeature(`the task resource ${arn}`, where);
  const pattern = suffixes[suffix as keyof typeof suffixes];
  if (express && pattern !== "requestResponse") throw unsupported();
  return { kind: "service", arn, service, action, pattern };
}
