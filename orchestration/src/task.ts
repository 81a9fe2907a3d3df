import { ambiguityNames, refusalNames, type Retrier, retryBudget, type StepName, steps, timeouts } from "@ovsc/shared";
import { Duration } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Errors, JitterType, JsonPath, TaskInput, Timeout } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";

/** The names under which a Task state sees each class of failure. `States.TaskFailed` stands for any but a timeout. */
const failures = {
  throttle: [
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
  ],
  functionError: [...ambiguityNames, Errors.TIMEOUT, Errors.TASKS_FAILED],
} as const;

export interface TaskProps {
  readonly handler: IFunction;
  /** Instead of the budget's own first delay. */
  readonly retryDelaySeconds: number | string | undefined;
}

/** One step as a Task state: the order in, the order as it grew out, and the retry budget that Lambda's queue has. */
export function task(scope: Construct, step: StepName, { handler, retryDelaySeconds }: TaskProps): LambdaInvoke {
  const state = new LambdaInvoke(scope, step, {
    lambdaFunction: handler,
    payload: TaskInput.fromObject({
      order: JsonPath.entirePayload,
      executionName: JsonPath.stringAt("$$.Execution.Name"),
    }),
    // A compensation adds nothing to the order: what comes out is what went in, the failure that led to it included.
    ...(steps[step].undoes ? { resultPath: JsonPath.DISCARD } : { outputPath: "$.Payload" }),
    taskTimeout: Timeout.duration(Duration.seconds(timeouts.task)),
    // Written out below instead: CDK's default would hide five more attempts.
    retryOnServiceExceptions: false,
  });
  // A refusal stays a refusal.
  state.addRetry({ errors: [...refusalNames], maxAttempts: 0 });
  // A retrier of its own for each class, so that no class uses up the attempts of another.
  for (const failure of ["throttle", "functionError"] as const) {
    const { intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds, jitterStrategy }: Retrier =
      retryBudget[failure].stepFunctions;
    state.addRetry({
      errors: [...failures[failure]],
      interval: Duration.seconds(Number(retryDelaySeconds ?? intervalSeconds)),
      maxAttempts,
      backoffRate,
      ...(maxDelaySeconds && { maxDelay: Duration.seconds(maxDelaySeconds) }),
      jitterStrategy: JitterType[jitterStrategy],
    });
  }
  return state;
}
