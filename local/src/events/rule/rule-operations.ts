import type { Operations } from "../../door/door.ts";
import { UnknownFeature } from "../../errors.ts";
import type { EventBus } from "../bus.ts";
import type { Buses } from "../buses.ts";
import type { Input } from "../parameters.ts";
import { defined, text } from "../parameters.ts";
import type { Rule, RuleState } from "./rule.ts";
import type { TargetDescription } from "./target.ts";

const entry = ["Source", "DetailType", "Detail", "EventBusName", "Resources", "Time"];
const target = ["Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer", "DeadLetterConfig", "RetryPolicy"];

/** What is carried out of the operations that AWS has more parameters for. */
export const takes: Readonly<Record<string, readonly string[]>> = {
  PutEvents: entry.map((name) => `Entries.${name}`),
  PutRule: ["Name", "EventBusName", "EventPattern", "ScheduleExpression", "State", "Description", "RoleArn"],
  PutTargets: ["Rule", "EventBusName", ...target.map((name) => `Targets.${name}`)],
  DeleteRule: ["Name", "EventBusName"],
  RemoveTargets: ["Rule", "EventBusName", "Ids"],
  ListRules: ["EventBusName", "NamePrefix"],
  ListTargetsByRule: ["Rule", "EventBusName"],
  ListEventBuses: ["NamePrefix"],
  ListArchives: ["NamePrefix", "EventSourceArn"],
  ListReplays: ["NamePrefix"],
};

/** Operations on rules and targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export function ruleOperations(buses: Buses): Operations {
  const busOf = (input: Input) => buses.get(text(input, "EventBusName"));
  const setState = (input: Input, state: RuleState) => {
    const rule = busOf(input).rule(text(input, "Name")!);
    rule.update({ ...rule.description, state });
  };
  return {
    PutRule: (input) => ({ RuleArn: putRule(busOf(input), input).arn }),
    DescribeRule(input) {
      return describeRule(busOf(input).rule(text(input, "Name")!));
    },
    ListRules(input) {
      const rules = [...busOf(input).rules.values()].filter(({ name }) =>
        name.startsWith(text(input, "NamePrefix") ?? ""),
      );
      return { Rules: rules.map(describeRule) };
    },
    EnableRule: (input) => setState(input, "ENABLED"),
    DisableRule: (input) => setState(input, "DISABLED"),
    DeleteRule(input) {
      busOf(input).deleteRule(text(input, "Name")!);
    },
    PutTargets(input) {
      busOf(input)
        .rule(text(input, "Rule")!)
        .putTargets(input["Targets"] as readonly TargetDescription[]);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets(input) {
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
      return {
        Targets: busOf(input)
          .rule(text(input, "Rule")!)
          .targets.map(({ description }) => description),
      };
    },
    DescribeEventBus(input) {
      return describeBus(buses.get(text(input, "Name")));
    },
    ListEventBuses(input) {
      const found = [...buses].filter(({ name }) => name.startsWith(text(input, "NamePrefix") ?? ""));
      return { EventBuses: found.map(describeBus) };
    },
  };
}

function putRule(bus: EventBus, input: Input): Rule {
  const state = text(input, "State") ?? "ENABLED";
  if (state !== "ENABLED" && state !== "DISABLED")
    throw new UnknownFeature(`rule state ${state}`, `rule ${text(input, "Name")}`);
  return bus.putRule({
    name: text(input, "Name")!,
    description: text(input, "Description"),
    patternText: text(input, "EventPattern"),
    scheduleText: text(input, "ScheduleExpression"),
    state,
    roleArn: text(input, "RoleArn"),
  });
}

const describeRule = ({ description }: Rule): Record<string, unknown> =>
  defined({
    Name: description.name,
    Arn: description.arn,
    EventPattern: description.patternText,
    ScheduleExpression: description.scheduleText,
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
