import { z } from "zod";
import { type LogicalResource, resourceType, type ResourceType } from "../assembly/resource-type.ts";
import { AwsError, UnknownFeature } from "../errors.ts";
import type { EventInvokeConfig, FunctionProperties, Logging } from "./function.ts";
import { defaultEventInvokeConfig } from "./function.ts";
import type { Lambda } from "./lambda.ts";

const level = z.enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]);

/** CloudFormation gives numbers and booleans as text where a parameter carried them. */
const integer = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
const functionProperties = z.strictObject({
  Code: z.strictObject({
    /** Without effect: assets are found by their key. */
    S3Bucket: z.string(),
    S3Key: z.string(),
  }),
  Handler: z.string(),
  Runtime: z.string(),
  Role: z.string(),
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  MemorySize: integer(128, 10_240).optional(),
  Timeout: integer(1, 900).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  // Zero turns a function off, and how its queued events leave then is not known here.
  ReservedConcurrentExecutions: integer(1, 1000).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string().optional() }).optional(),
  LoggingConfig: z
    .strictObject({
      LogFormat: z.enum(["Text", "JSON"]).optional(),
      LogGroup: z.string().optional(),
      ApplicationLogLevel: level.optional(),
      /** Without effect: Lambda's own lines are not written. */
      SystemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
    })
    .optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  /** Without effect: code is JavaScript on any of them. */
  Architectures: z.array(z.enum(["x86_64", "arm64"])).optional(),
  /** Without effect: handlers do not write to `/tmp` here. */
  EphemeralStorage: z.strictObject({ Size: integer(512, 10_240) }).optional(),
  /** Without effect: nothing is traced by X-Ray here. */
  TracingConfig: z.strictObject({ Mode: z.enum(["Active", "PassThrough"]).optional() }).optional(),
  DurableConfig: z
    .strictObject({
      ExecutionTimeout: integer(1, 31_622_400),
      /** Without effect: histories are kept as long as the cloud is open. */
      RetentionPeriodInDays: integer(1, 90).optional(),
    })
    .optional(),
  /** Accepted for the one value that code in a folder has. */
  PackageType: z.literal("Zip").optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
const eventInvokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string(),
  MaximumRetryAttempts: integer(0, 2).optional(),
  MaximumEventAgeInSeconds: integer(60, 21_600).optional(),
  DestinationConfig: z
    .strictObject({
      OnSuccess: z.strictObject({ Destination: z.string() }).optional(),
      OnFailure: z.strictObject({ Destination: z.string() }).optional(),
    })
    .optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
const versionProperties = z.strictObject({
  FunctionName: z.string(),
  /** Without effect: no operation here shows it. */
  Description: z.string().optional(),
});

/** What a function keeps for good: a durable function is one from its creation. */
const fixed = new Set(["FunctionName", "PackageType", "DurableConfig"]);

/** The resource types of Lambda that the cloud can create. Aliases, layers and event sources are refused. */
export function lambdaResources(lambda: Lambda): readonly ResourceType<unknown>[] {
  return [
    resourceType({
      type: "AWS::Lambda::Function",
      properties: functionProperties,
      roles: {
        service: "lambda.amazonaws.com",
        of: ({ Role }) => [Role],
        refusal: () =>
          new AwsError(
            "InvalidParameterValueException",
            "The role defined for the function cannot be assumed by Lambda.",
          ),
      },
      create: (properties, logical) => {
        const functionName = properties.FunctionName ?? `${logical.stackName}-${logical.logicalId}`.slice(0, 64);
        const created = lambda.createFunction({
          functionName,
          ...codeOf(properties, logical),
          ...translate(properties),
        });
        return { ref: created.name, attributes: { Arn: created.arn } };
      },
      change: {
        of: Object.keys(functionProperties.shape).filter((name) => !fixed.has(name)),
        apply: (properties, logical, created) => {
          const functionName = created.ref;
          lambda.updateFunction({ functionName, ...codeOf(properties, logical), ...translate(properties) });
          return created;
        },
      },
    }),
    resourceType({
      type: "AWS::Lambda::Version",
      properties: versionProperties,
      create: ({ FunctionName }) => {
        const { arn, version } = lambda.publishVersion(FunctionName);
        return { ref: arn, attributes: { FunctionArn: arn, Version: version } };
      },
      remove: ({ ref }) => lambda.deleteVersion(ref),
    }),
    resourceType({
      type: "AWS::Lambda::EventInvokeConfig",
      properties: eventInvokeConfigProperties,
      create: (properties, logical) => {
        const { FunctionName, Qualifier } = properties;
        lambda.putEventInvokeConfig(FunctionName, translateEventInvokeConfig(properties), Qualifier);
        return { ref: `${logical.stackName}-${logical.logicalId}`, attributes: {} };
      },
      change: {
        of: ["MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig"],
        apply: (properties, _, created) => {
          const { FunctionName, Qualifier } = properties;
          lambda.putEventInvokeConfig(FunctionName, translateEventInvokeConfig(properties), Qualifier);
          return created;
        },
      },
    }),
  ];
}

function codeOf(
  { Code }: z.infer<typeof functionProperties>,
  logical: LogicalResource,
): Pick<FunctionProperties, "codeFolder" | "codeKey"> {
  const codeFolder = logical.asset(Code.S3Key);
  if (!/\.(zip|jar)$/.test(codeFolder)) return { codeFolder, codeKey: Code.S3Key };
  throw new UnknownFeature(`code in the archive ${codeFolder}: use a folder as asset`, logical.logicalId);
}

function translate(
  properties: z.infer<typeof functionProperties>,
): Omit<FunctionProperties, "functionName" | "codeFolder" | "codeKey"> {
  const { Handler, Runtime, Role, Timeout, MemorySize, Description, Environment } = properties;
  const { ReservedConcurrentExecutions, DeadLetterConfig, LoggingConfig, Tags, DurableConfig } = properties;
  return {
    handler: Handler,
    runtime: Runtime,
    roleArn: Role,
    ...(Timeout && { timeoutSeconds: Timeout }),
    ...(MemorySize && { memoryMegabytes: MemorySize }),
    ...(Description && { description: Description }),
    ...(Environment?.Variables && { environment: Environment.Variables }),
    ...(ReservedConcurrentExecutions && { reservedConcurrency: ReservedConcurrentExecutions }),
    ...(DeadLetterConfig?.TargetArn && { deadLetterArn: DeadLetterConfig.TargetArn }),
    ...(LoggingConfig && { logging: translateLogging(LoggingConfig) }),
    ...(DurableConfig && {
      durable: {
        executionTimeoutMs: DurableConfig.ExecutionTimeout * 1000,
        retentionPeriodDays: DurableConfig.RetentionPeriodInDays ?? 14,
      },
    }),
    ...(Tags && { tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) }),
  };
}

function translateLogging({
  LogFormat = "Text",
  LogGroup,
  ApplicationLogLevel,
}: NonNullable<z.infer<typeof functionProperties>["LoggingConfig"]>): Logging {
  return {
    format: LogFormat,
    ...(LogGroup && { group: LogGroup }),
    ...(ApplicationLogLevel && { applicationLevel: ApplicationLogLevel }),
  };
}

function translateEventInvokeConfig(properties: z.infer<typeof eventInvokeConfigProperties>): EventInvokeConfig {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = properties;
  return {
    maximumRetryAttempts: MaximumRetryAttempts ?? defaultEventInvokeConfig.maximumRetryAttempts,
    maximumEventAgeMs: MaximumEventAgeInSeconds
      ? MaximumEventAgeInSeconds * 1000
      : defaultEventInvokeConfig.maximumEventAgeMs,
    onSuccessArn: DestinationConfig?.OnSuccess?.Destination,
    onFailureArn: DestinationConfig?.OnFailure?.Destination,
  };
}
