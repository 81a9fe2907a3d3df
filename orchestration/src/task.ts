import {
  ambiguityNames,
  ApprovalDecided,
  refusalNames,
  type RetryBudget,
  type StepName,
  timeouts,
  waitsSeconds,
} from "@ovsc/shared";
import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import {
  Errors,
  IntegrationPattern,
  JitterType,
  JsonPath,
  type RetryProps,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import {
  DynamoAttributeValue,
  DynamoGetItem,
  DynamoProjectionExpression,
  LambdaInvoke,
} from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";

/** The names under which a Task state sees each class of failure. `States.TaskFailed` stands for any but a timeout. */
const failures = {
  throttle: [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
  ],
  functionError: [...ambiguityNames, Errors.TIMEOUT, Errors.TASKS_FAILED],
} as const;

interface Retries {
  readonly retryBudget: RetryBudget;
}

export interface TaskProps extends Retries {
  readonly handler: IFunction;
  /** Errors that stay what they are, beside the steps' refusals. */
  readonly refuses?: readonly string[];
}

/** One step as a Task state: ids in, ids and status out, and a retrier for each class of failure. */
export function task(scope: Construct, step: StepName, { handler, refuses = [], ...retries }: TaskProps): LambdaInvoke {
  const state = new LambdaInvoke(scope, step, {
    lambdaFunction: handler,
    payload: TaskInput.fromJsonPathAt(JsonPath.entirePayload),
    outputPath: "$.Payload",
    taskTimeout: Timeout.duration(Duration.seconds(timeouts.task)),
    // Written out below instead: CDK's default would hide five more attempts.
    retryOnServiceExceptions: false,
  });
  // A refusal stays a refusal.
  state.addRetry({ errors: [...refusalNames, ...refuses], maxAttempts: 0 });
  // A retrier of its own for each class, so that no class uses up the attempts of another.
  for (const failure of ["throttle", "functionError"] as const)
    state.addRetry({ errors: [...failures[failure]], ...retryOf(failure, retries) });
  return state;
}

/**
 * Waits for an approval under a task token, which the function of ChargePayment keeps in the order's row. Its timeout
 * is the deadline: https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html (2026-11-21)
 */
export function awaitApproval(scope: Construct, { handler, ...retries }: TaskProps): LambdaInvoke {
  const state = new LambdaInvoke(scope, "AwaitApproval", {
    lambdaFunction: handler,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({
      orderId: JsonPath.stringAt("$.orderId"),
      placementId: JsonPath.stringAt("$.placementId"),
      taskToken: JsonPath.taskToken,
    }),
    resultPath: JsonPath.DISCARD,
    taskTimeout: Timeout.duration(Duration.seconds(waitsSeconds)),
    retryOnServiceExceptions: false,
  });
  // A timeout is the deadline, and no failure.
  state.addRetry({ errors: [ApprovalDecided.name, Errors.TIMEOUT], maxAttempts: 0 });
  for (const failure of ["throttle", "functionError"] as const)
    state.addRetry({
      errors: failures[failure].filter((error) => error !== Errors.TIMEOUT),
      ...retryOf(failure, retries),
    });
  return state;
}

/** Reads the status of the order's row into `$.row`, for an execution that was overtaken or begins again. */
export function whereIsIt(scope: Construct, { table, ...retries }: WhereProps): DynamoGetItem {
  const orderId = JsonPath.stringAt("$.orderId");
  const state = new DynamoGetItem(scope, "WhereIsIt", {
    table,
    key: {
      pk: DynamoAttributeValue.fromString(JsonPath.format("ORDER#{}", orderId)),
      sk: DynamoAttributeValue.fromString("ORDER"),
    },
    projectionExpression: [new DynamoProjectionExpression().withAttribute("#status")],
    expressionAttributeNames: { "#status": "status" },
    consistentRead: true,
    resultPath: "$.row",
  });
  state.addRetry({ errors: [Errors.ALL], ...retryOf("functionError", retries) });
  return state;
}

export interface WhereProps extends Retries {
  readonly table: Table;
}

/** The retrier of a class of failure. */
export function retryOf(failure: keyof typeof failures, { retryBudget }: Retries): RetryProps {
  const { intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds, jitterStrategy } =
    retryBudget[failure].stepFunctions;
  return {
    interval: Duration.seconds(intervalSeconds),
    maxAttempts,
    backoffRate,
    ...(maxDelaySeconds && { maxDelay: Duration.seconds(maxDelaySeconds) }),
    jitterStrategy: JitterType[jitterStrategy],
  };
}
