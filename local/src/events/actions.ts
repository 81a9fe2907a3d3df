import { UnknownFeature } from "../errors.ts";
import {
  eachOnNamed,
  nameIn,
  objectsIn,
  onEverything,
  type ActionTable,
  type ConditionValues,
  type Requires,
} from "../iam/action-table.ts";
import { busArn, ruleArn } from "../iam/resource-names.ts";
import { arn } from "../identity.ts";

const onRule = (operation: string, member: string): [string, Requires] => [
  operation,
  (input, region) => {
    const name = nameIn(input, member);
    if (name === undefined) return [];
    return [{ action: `events:${operation}`, resource: ruleArn(name, nameIn(input, "EventBusName"), region) }];
  },
];

/** Each entry must be allowed, with its own bus, source and detail type. */
const putEvents: Requires = (input, region) =>
  objectsIn(input["Entries"]).map((entry) => ({
    action: "events:PutEvents",
    resource: busArn(nameIn(entry, "EventBusName"), region),
    part: entry,
  }));

const entryMembers: Readonly<Record<string, string>> = {
  "events:source": "Source",
  "events:detail-type": "DetailType",
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html (2026-11-21) */
export const eventsConditionValues: ConditionValues = (key, { action, part }) => {
  const member = Object.hasOwn(entryMembers, key) ? entryMembers[key] : undefined;
  if (member === undefined) return undefined;
  // A rule has what its pattern names, of which there may be several.
  if (action === "events:PutRule") throw new UnknownFeature(`the condition key ${key}`, action);
  const [entry] = objectsIn([part]);
  const value = entry && nameIn(entry, member);
  return value === undefined ? undefined : [value];
};

const named =
  (kind: string) =>
  (name: string, region: string): string =>
    arn("events", region, `${kind}/${name}`);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const eventsActions: ActionTable = {
  PutEvents: putEvents,
  ...Object.fromEntries(
    ["DeleteRule", "DescribeRule", "DisableRule", "EnableRule", "PutRule"].map((name) => onRule(name, "Name")),
  ),
  ...Object.fromEntries(["ListTargetsByRule", "PutTargets", "RemoveTargets"].map((name) => onRule(name, "Rule"))),
  ...eachOnNamed("events", ["DescribeEventBus"], "Name", busArn),
  ...eachOnNamed("events", ["DescribeArchive"], "ArchiveName", named("archive")),
  ...eachOnNamed("events", ["DescribeReplay", "StartReplay"], "ReplayName", named("replay")),
  ...Object.fromEntries(
    ["ListArchives", "ListEventBuses", "ListReplays", "ListRules", "TestEventPattern"].map((name) => [
      name,
      onEverything(`events:${name}`),
    ]),
  ),
};
