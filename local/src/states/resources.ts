import { z } from "zod";
import { resourceType } from "../assembly/resource-type.ts";
import type { ResourceType } from "../assembly/resource-type.ts";
import { AwsError } from "../errors.ts";
import { arn } from "../identity.ts";
import type { JsonObject } from "./data/json.ts";
import { invalidDefinition } from "./definition/invalid-definition.ts";
import type { StepFunctions } from "./step-functions.ts";

const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional();

const stateMachineProperties = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.enum(["STANDARD", "EXPRESS"]).optional(),
  DefinitionString: z.string().optional(),
  Definition: z.record(z.string(), z.unknown()).optional(),
  DefinitionSubstitutions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  RoleArn: z.string(),
  // Described as it was given; nothing is logged.
  LoggingConfiguration: z
    .strictObject({
      Level: z.enum(["ALL", "ERROR", "FATAL", "OFF"]).optional(),
      IncludeExecutionData: z.boolean().optional(),
      Destinations: z
        .array(z.strictObject({ CloudWatchLogsLogGroup: z.strictObject({ LogGroupArn: z.string() }) }))
        .optional(),
    })
    .optional(),
  // Described as it was given; X-Ray is not part of the cloud.
  TracingConfiguration: z.strictObject({ Enabled: z.boolean() }).optional(),
  // Accepted without effect: nothing here reads tags.
  Tags: tags,
});

const activityProperties = z.strictObject({
  Name: z.string(),
  // Accepted without effect: nothing here reads tags.
  Tags: tags,
});

/**
 * The CloudFormation resource types of Step Functions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
export const stateMachineResources = (stepFunctions: StepFunctions): ResourceType<unknown>[] => [
  resourceType({
    type: "AWS::StepFunctions::StateMachine",
    properties: stateMachineProperties,
    roles: {
      service: "states.amazonaws.com",
      of: ({ RoleArn }) => [RoleArn],
      refusal: () =>
        new AwsError(
          "AccessDeniedException",
          "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to " +
            "assume the provided role.",
        ),
    },
    create(properties, { stackName, logicalId }) {
      const machine = stepFunctions.createStateMachine({
        name: properties.StateMachineName ?? `${stackName}-${logicalId}`,
        type: properties.StateMachineType,
        definition: definitionOf(properties, logicalId),
        roleArn: properties.RoleArn,
        loggingConfiguration: wire(properties.LoggingConfiguration),
        tracingConfiguration: wire(properties.TracingConfiguration),
      });
      return { ref: machine.arn, attributes: { Arn: machine.arn, Name: machine.name } };
    },
    change: {
      of: Object.keys(stateMachineProperties.shape).filter((name) => !/^StateMachine(Name|Type)$/.test(name)),
      apply(properties, { logicalId }, created) {
        stepFunctions.updateStateMachine(created.ref, {
          definition: definitionOf(properties, logicalId),
          roleArn: properties.RoleArn,
          loggingConfiguration: wire(properties.LoggingConfiguration) ?? { level: "OFF", includeExecutionData: false },
          tracingConfiguration: wire(properties.TracingConfiguration) ?? { enabled: false },
        });
        return created;
      },
    },
  }),
  resourceType({
    type: "AWS::StepFunctions::Activity",
    properties: activityProperties,
    create({ Name: name }) {
      const activityArn = arn("states", stepFunctions.region, `activity:${name}`);
      stepFunctions.activities.create(activityArn, name);
      return { ref: activityArn, attributes: { Arn: activityArn, Name: name } };
    },
  }),
];

/** The definition with `${name}` replaced by its substitution. */
function definitionOf(
  { DefinitionString, Definition, DefinitionSubstitutions = {} }: z.infer<typeof stateMachineProperties>,
  logicalId: string,
): string {
  const text = DefinitionString ?? (Definition && JSON.stringify(Definition));
  if (text === undefined) throw invalidDefinition("DefinitionString or Definition is required", logicalId);
  return text.replace(/\$\{(\w+)\}/g, (found, name: string) =>
    Object.hasOwn(DefinitionSubstitutions, name) ? String(DefinitionSubstitutions[name]) : found,
  );
}

/** CloudFormation writes members with a capital where the API has a small letter. */
function wire(value: unknown): JsonObject | undefined {
  const convert = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(convert);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key[0]!.toLowerCase() + key.slice(1), convert(item)]),
    );
  };
  return value === undefined ? undefined : (convert(value) as JsonObject);
}
