import type { Trace } from "../../history.ts";
import type { Principal } from "../../service.ts";
import type { LambdaFunction } from "../function.ts";

/** One try to run a function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  /** Counts from 1 within one asynchronous invocation; 1 for a synchronous one. */
  readonly attempt: number;
  readonly asynchronous: boolean;
  readonly trace: Trace;
}

/** Who a function is when it calls AWS: its role, in a session of its own name. */
export const rolePrincipal = ({ name, properties }: LambdaFunction): Principal => ({
  kind: "role",
  arn: properties.roleArn,
  session: name,
});

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function handlerContext(
  { name, arn, version, memoryMegabytes, logGroup }: LambdaFunction,
  requestId: string,
  logStream: string,
  remainingMs: () => number,
): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: version,
    functionName: name,
    memoryLimitInMB: String(memoryMegabytes),
    logGroupName: logGroup,
    logStreamName: logStream,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: remainingMs,
  };
}
