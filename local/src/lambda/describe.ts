import { type LambdaFunction, qualifiedArn } from "./function.ts";

/**
 * A function as GetFunctionConfiguration gives it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
 */
export function describeFunction({
  name,
  arn,
  properties,
  timeoutMs,
  memoryMegabytes,
  logGroup,
  version,
}: LambdaFunction): object {
  const { runtime, roleArn, handler, description, environment, deadLetterArn, logging, durable } = properties;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: runtime,
    Role: roleArn,
    Handler: handler,
    Description: description ?? "",
    Timeout: timeoutMs / 1000,
    MemorySize: memoryMegabytes,
    ...(environment && { Environment: { Variables: environment } }),
    ...(deadLetterArn && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    ...(durable && {
      DurableConfig: {
        ExecutionTimeout: durable.executionTimeoutMs / 1000,
        RetentionPeriodInDays: durable.retentionPeriodDays,
      },
    }),
    LoggingConfig: { LogFormat: logging?.format ?? "Text", LogGroup: logGroup },
    Version: version,
    PackageType: "Zip",
    State: "Active",
    LastUpdateStatus: "Successful",
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export function describeEventInvokeConfig(described: LambdaFunction): object {
  const { maximumRetryAttempts, maximumEventAgeMs, onSuccessArn, onFailureArn } = described.eventInvokeConfig;
  return {
    FunctionArn: qualifiedArn(described),
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeMs / 1000,
    DestinationConfig: {
      OnSuccess: onSuccessArn ? { Destination: onSuccessArn } : {},
      OnFailure: onFailureArn ? { Destination: onFailureArn } : {},
    },
  };
}
