import {
  eachOnNamed,
  nameIn,
  objectsIn,
  onEverything,
  type ActionTable,
  type Requirement,
  type Requires,
} from "../iam/action-table.ts";
import { busArn, ruleArn } from "../iam/resource-names.ts";
import { arn, type Place } from "../identity.ts";

const onRule = (operation: string, member: string): [string, Requires] => [
  operation,
  (input, place) => {
    const name = nameIn(input, member);
    if (name === undefined) return [];
    return [{ action: `events:${operation}`, resource: ruleArn(name, nameIn(input, "EventBusName"), place) }];
  },
];

/** Each entry is put on the bus it names; entries for the same bus are asked about once. */
const putEvents: Requires = (input, place) => {
  const entries = objectsIn(input["Entries"]);
  const required: Requirement[] = [];
  for (const entry of entries) {
    const resource = busArn(nameIn(entry, "EventBusName"), place);
    if (!required.some((known) => known.resource === resource)) required.push({ action: "events:PutEvents", resource });
  }
  return required;
};

const named =
  (kind: string) =>
  (name: string, place: Place): string =>
    arn("events", place, `${kind}/${name}`);

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
