import { z } from "zod";
import type { Created, LogicalResource, ResourceType } from "../assembly/resource-type.ts";
import { resourceType } from "../assembly/resource-type.ts";
import { AwsError } from "../errors.ts";
import type { EventBridge } from "./event-bridge.ts";

const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));
/** CloudFormation takes a pattern as JSON, or as the text of it. */
const eventPattern = z.union([z.string(), z.record(z.string(), z.unknown())]);

const busProperties = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  /** Tags have no effect here. */
  Tags: tags.optional(),
});

const target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).optional(), InputTemplate: z.string() })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  RetryPolicy: z
    .strictObject({
      MaximumRetryAttempts: z.coerce.number().int().optional(),
      MaximumEventAgeInSeconds: z.coerce.number().int().optional(),
    })
    .optional(),
});

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.string().optional(),
  EventPattern: eventPattern.optional(),
  RoleArn: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Targets: z.array(target).default([]),
  /** Tags have no effect here. */
  Tags: tags.optional(),
});

const archiveProperties = z.strictObject({
  ArchiveName: z.string().optional(),
  Description: z.string().optional(),
  EventPattern: eventPattern.optional(),
  // CDK writes an empty identifier for the key that AWS owns; no effect here.
  KmsKeyIdentifier: z.literal("").optional(),
  RetentionDays: z.coerce.number().int().min(0).default(0),
  SourceArn: z.string(),
});

const patternText = (pattern: z.infer<typeof eventPattern>): string =>
  typeof pattern === "string" ? pattern : JSON.stringify(pattern);

/**
 * Buses, rules and archives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Events.html
 */
export function eventResources(eventBridge: EventBridge): readonly ResourceType<unknown>[] {
  const { buses } = eventBridge;

  /** Creates a rule, or gives the one of that name another description and other targets. */
  function putRule(properties: z.infer<typeof ruleProperties>, { stackName, logicalId }: LogicalResource): Created {
    const bus = buses.get(properties.EventBusName);
    const rule = bus.putRule({
      name: properties.Name ?? `${stackName}-${logicalId}`,
      description: properties.Description,
      patternText: properties.EventPattern === undefined ? undefined : patternText(properties.EventPattern),
      scheduleText: properties.ScheduleExpression,
      state: properties.State,
      roleArn: properties.RoleArn,
    });
    for (const { description } of rule.targets) rule.removeTarget(description.Id);
    rule.putTargets(properties.Targets);
    return { ref: bus.name === "default" ? rule.name : `${bus.name}|${rule.name}`, attributes: { Arn: rule.arn } };
  }

  return [
    resourceType({
      type: "AWS::Events::EventBus",
      properties: busProperties,
      create({ Name, Description }) {
        const { name, arn } = buses.create(Name, Description);
        return { ref: name, attributes: { Arn: arn, Name: name } };
      },
    }),
    resourceType({
      type: "AWS::Events::Rule",
      properties: ruleProperties,
      roles: {
        service: "events.amazonaws.com",
        of: ({ Targets }) => Targets.flatMap(({ RoleArn }) => RoleArn ?? []),
        refusal: (roleArn) =>
          new AwsError(
            "ValidationException",
            `Provided role '${roleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
          ),
      },
      create: putRule,
      change: {
        of: Object.keys(ruleProperties.shape).filter((name) => name !== "Name" && name !== "EventBusName"),
        apply: putRule,
      },
      remove: ({ attributes }) => buses.deleteRule(attributes["Arn"]!),
    }),
    resourceType({
      type: "AWS::Events::Archive",
      properties: archiveProperties,
      create({ ArchiveName, Description, EventPattern, RetentionDays, SourceArn }, { stackName, logicalId }) {
        const archive = eventBridge.createArchive({
          name: ArchiveName ?? `${stackName}-${logicalId}`,
          sourceArn: SourceArn,
          description: Description,
          patternText: EventPattern === undefined ? undefined : patternText(EventPattern),
          retentionDays: RetentionDays,
        });
        return { ref: archive.description.name, attributes: { Arn: archive.arn } };
      },
    }),
  ];
}
