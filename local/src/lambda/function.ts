import { AwsError, UnknownFeature } from "../errors.ts";
import { arn } from "../identity.ts";

/**
 * How asynchronous invocations are retried, and where their outcomes are sent.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
}

export const defaultEventInvokeConfig: EventInvokeConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeMs: 6 * 3_600_000,
  onSuccessArn: undefined,
  onFailureArn: undefined,
};

/** What a function is made of. */
export interface FunctionProperties {
  readonly functionName: string;
  /** The folder of the bundled code: what would be `/var/task`. */
  readonly codeFolder: string;
  /** The asset's key, which other code has another of, though it be in the same folder. */
  readonly codeKey?: string;
  /** `file.export`, for instance `index.handler`. */
  readonly handler: string;
  readonly runtime: string;
  readonly roleArn: string;
  readonly timeoutSeconds?: number;
  readonly memoryMegabytes?: number;
  readonly description?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  readonly deadLetterArn?: string;
  readonly logging?: Logging;
  /** Of a durable function. */
  readonly durable?: DurableConfig;
  readonly tags?: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html (2026-11-21) */
export interface DurableConfig {
  /** Of a whole execution. */
  readonly executionTimeoutMs: number;
  readonly retentionPeriodDays: number;
}

export interface Logging {
  readonly format: "Text" | "JSON";
  readonly group?: string;
  /** Lines below this level are dropped; only with format JSON. */
  readonly applicationLevel?: string;
}

/** What stands for a function's code as it is now, beside the numbers of what was published. */
export const latest = "$LATEST";

/** A created function, or what was published of one. */
export interface LambdaFunction {
  readonly name: string;
  /** With the version's number where it is a published one. */
  readonly arn: string;
  readonly version: string;
  readonly properties: FunctionProperties;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  eventInvokeConfig: EventInvokeConfig;
}

/**
 * Environment variables Lambda keeps to itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const reservedVariables = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/**
 * @throws AwsError InvalidParameterValueException for a reserved environment variable
 * @throws UnknownFeature for a runtime other than Node.js
 */
export function defineFunction(properties: FunctionProperties, region: string): LambdaFunction {
  const { functionName, runtime, environment = {} } = properties;
  if (!/^nodejs\d+\.x$/.test(runtime)) throw new UnknownFeature(`the runtime ${runtime}`, functionName);
  const reserved = Object.keys(environment).filter((name) => reservedVariables.has(name));
  if (reserved.length > 0) {
    throw new AwsError(
      "InvalidParameterValueException",
      "Lambda was unable to configure your environment variables because the environment variables you have provided " +
        "contains reserved keys that are currently not supported for modification. " +
        "Reserved keys used in this request: " +
        reserved.join(", "),
    );
  }
  return {
    name: functionName,
    arn: arn("lambda", region, `function:${functionName}`),
    version: latest,
    properties,
    timeoutMs: (properties.timeoutSeconds ?? 3) * 1000,
    memoryMegabytes: properties.memoryMegabytes ?? 128,
    logGroup: properties.logging?.group ?? `/aws/lambda/${functionName}`,
    eventInvokeConfig: defaultEventInvokeConfig,
  };
}

/** Tells the environments of a function from those of others, and from those of its other code and settings. */
export const madeOf = ({ arn: own, properties }: LambdaFunction): string => JSON.stringify([own, properties]);

/** The ARN as records have it, which name the version even where it is the code of now. */
export const qualifiedArn = ({ arn: own, version }: LambdaFunction): string =>
  version === latest ? `${own}:${version}` : own;
