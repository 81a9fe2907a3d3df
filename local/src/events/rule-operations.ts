import { AwsError, UnknownFeature } from "../errors.ts";
import type { EventBus } from "./bus.ts";
import type { Buses } from "./buses.ts";
import type { Input } from "./parameters.ts";
import { defined, onlyKnown, text } from "./parameters.ts";
import type { Rule, RuleState } from "./rule.ts";
import type { TargetDescription } from "./target.ts";

export type Operation = (input: Input) => unknown;

/** Operations on rules and targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export function ruleOperations(buses: Buses): Readonly<Record<string, Operation>> {
  const busOf = (input: Input) => buses.get(text(input, "EventBusName"));
  const setState = (input: Input, operation: string, state: RuleState) => {
    onlyKnown(input, operation, "Name", "EventBusName");
    const rule = busOf(input).rule(text(input, "Name")!);
    rule.update({ ...rule.description, state });
  };
  return {
    PutRule: (input) => ({ RuleArn: putRule(busOf(input), input).arn }),
    DescribeRule(input) {
      onlyKnown(input, "DescribeRule", "Name", "EventBusName");
      return describeRule(busOf(input).rule(text(input, "Name")!));
    },
    ListRules(input) {
      onlyKnown(input, "ListRules", "EventBusName", "NamePrefix");
      const rules = [...busOf(input).rules.values()].filter(({ name }) =>
        name.startsWith(text(input, "NamePrefix") ?? ""),
      );
      return { Rules: rules.map(describeRule) };
    },
    EnableRule: (input) => setState(input, "EnableRule", "ENABLED"),
    DisableRule: (input) => setState(input, "DisableRule", "DISABLED"),
    DeleteRule(input) {
      onlyKnown(input, "DeleteRule", "Name", "EventBusName");
      busOf(input).deleteRule(text(input, "Name")!);
    },
    PutTargets(input) {
      onlyKnown(input, "PutTargets", "Rule", "EventBusName", "Targets");
      busOf(input)
        .rule(text(input, "Rule")!)
        .putTargets(input["Targets"] as readonly TargetDescription[]);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
      onlyKnown(input, "RemoveTargets", "Rule", "EventBusName", "Ids");
      const rule = busOf(input).rule(text(input, "Rule")!);
      const missing = (input["Ids"] as readonly string[]).filter((id) => !rule.removeTarget(id));
      const failed = missing.map((id) => ({
        TargetId: id,
        ErrorCode: "ResourceNotFoundException",
        ErrorMessage: `Rule ${rule.name} does not have a target with the Id ${id}.`,
      }));
      return { FailedEntryCount: failed.length, FailedEntries: failed };
    },
    ListTargetsByRule(input) {
      onlyKnown(input, "ListTargetsByRule", "Rule", "EventBusName");
      return {
        Targets: busOf(input)
          .rule(text(input, "Rule")!)
          .targets.map(({ description }) => description),
      };
    },
    DescribeEventBus(input) {
      onlyKnown(input, "DescribeEventBus", "Name");
      return describeBus(buses.get(text(input, "Name")));
    },
    ListEventBuses(input) {
      onlyKnown(input, "ListEventBuses", "NamePrefix");
      const found = [...buses].filter(({ name }) => name.startsWith(text(input, "NamePrefix") ?? ""));
      return { EventBuses: found.map(describeBus) };
    },
  };
}

function putRule(bus: EventBus, input: Input): Rule {
  if (input["ScheduleExpression"] !== undefined)
    throw new UnknownFeature("ScheduleExpression", `rule ${text(input, "Name")}`);
  onlyKnown(input, "PutRule", "Name", "EventBusName", "EventPattern", "State", "Description", "RoleArn");
  const patternText = text(input, "EventPattern");
  if (patternText === undefined) {
    throw new AwsError("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  const state = text(input, "State") ?? "ENABLED";
  if (state !== "ENABLED" && state !== "DISABLED")
    throw new UnknownFeature(`rule state ${state}`, `rule ${text(input, "Name")}`);
  return bus.putRule({
    name: text(input, "Name")!,
    description: text(input, "Description"),
    patternText,
    state,
    roleArn: text(input, "RoleArn"),
  });
}

const describeRule = ({ description }: Rule): Record<string, unknown> =>
  defined({
    Name: description.name,
    Arn: description.arn,
    EventPattern: description.patternText,
    State: description.state,
    Description: description.description,
    RoleArn: description.roleArn,
    EventBusName: description.busName,
  });

const describeBus = ({ name, arn, description, createdAtMs }: EventBus): Record<string, unknown> =>
  defined({
    Name: name,
    Arn: arn,
    Description: description,
    CreationTime: createdAtMs / 1000,
    LastModifiedTime: createdAtMs / 1000,
  });
