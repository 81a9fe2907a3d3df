import { arn } from "../identity.ts";

/** A table by its name or ARN. */
export const tableArn = (name: string, region: string): string =>
  full(name) ?? arn("dynamodb", region, `table/${name}`);

/** A queue by the last segment of its URL, or by its name. */
export const queueArn = (urlOrName: string, region: string): string =>
  arn("sqs", region, urlOrName.slice(urlOrName.lastIndexOf("/") + 1));

/** A bus by its name or ARN; the default bus where there is none. */
export const busArn = (name: string | undefined, region: string): string =>
  full(name ?? "") ?? arn("events", region, `event-bus/${name ?? "default"}`);

/** A rule by its name; a rule of the default bus does not name it. */
export function ruleArn(name: string, bus: string | undefined, region: string): string {
  const busName = bus?.slice(bus.lastIndexOf("/") + 1) ?? "default";
  return arn("events", region, busName === "default" ? `rule/${name}` : `rule/${busName}/${name}`);
}

/**
 * A function by its name, its ARN or `<account>:function:<name>`, each with or without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function functionArn(name: string, qualifier: string | undefined, region: string): string {
  const marker = "function:";
  const start = name.indexOf(marker);
  const unqualified =
    full(name) ?? arn("lambda", region, marker + (start < 0 ? name : name.slice(start + marker.length)));
  return qualifier === undefined ? unqualified : `${unqualified}:${qualifier}`;
}

const full = (name: string): string | undefined => (name.startsWith("arn:") ? name : undefined);
