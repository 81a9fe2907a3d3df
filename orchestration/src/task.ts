import { ambiguityNames, refusalNames, retryBudget, type StepName, steps } from "@ovsc/shared";
import { Duration } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Errors, JitterType, JsonPath, TaskInput, Timeout } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";

/** Longer than the function's own timeout, so that Lambda's answer is the one that is heard. */
const taskTimeoutSeconds = 30;

/** One step as a Task state: the order in, the order as it grew out, and the retry budget that Lambda's queue has. */
export function task(scope: Construct, step: StepName, handler: IFunction, firstDelaySeconds: number): LambdaInvoke {
  const state = new LambdaInvoke(scope, step, {
    lambdaFunction: handler,
    payload: TaskInput.fromObject({
      order: JsonPath.entirePayload,
      executionName: JsonPath.stringAt("$$.Execution.Name"),
    }),
    // A compensation adds nothing to the order: what comes out is what went in, the failure that led to it included.
    ...(steps[step].undoes ? { resultPath: JsonPath.DISCARD } : { outputPath: "$.Payload" }),
    taskTimeout: Timeout.duration(Duration.seconds(taskTimeoutSeconds)),
    // Written out below instead: CDK's default would hide five more attempts.
    retryOnServiceExceptions: false,
  });
  // A refusal stays a refusal.
  state.addRetry({ errors: [...refusalNames], maxAttempts: 0 });
  state.addRetry({
    errors: [...ambiguityNames, Errors.TIMEOUT, Errors.TASKS_FAILED],
    maxAttempts: retryBudget.retries,
    interval: Duration.seconds(firstDelaySeconds),
    backoffRate: retryBudget.backoffRate,
    jitterStrategy: JitterType.FULL,
  });
  return state;
}
