import { createHash } from "node:crypto";
import type { LambdaFunction } from "../function.ts";
import { taskRoot } from "./task-files.ts";

/**
 * What a handler finds in `process.env`: the function's own variables and those Lambda sets.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentVariables(
  { name, arn, version, properties, memoryMegabytes, logGroup }: LambdaFunction,
  region: string,
  logStream: string,
): Record<string, string> {
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
    LD_LIBRARY_PATH: "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
    NODE_PATH: "/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task",
    ...properties.environment,
    _HANDLER: properties.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    // The cloud knows the caller by its environment; these only let the SDK sign.
    AWS_ACCESS_KEY_ID: `ASIA${createHash("sha256").update(arn).digest("hex").slice(0, 16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
  };
}

/** One stream for each environment: the day it started, the version it runs, and 32 hexadecimal digits. */
export function logStreamName(nowMs: number, { arn, version }: LambdaFunction, seed: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[${version}]${createHash("md5").update(`${arn} ${seed}`).digest("hex")}`;
}
