import { retryOf } from "@ovsc/orchestration/infra";
import { executionTimeout, timeouts } from "@ovsc/shared";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import {
  DefinitionBody,
  Errors,
  JsonPath,
  LogLevel,
  Map,
  Parallel,
  Pass,
  Result,
  StateMachine,
  TaskInput,
  Timeout,
} from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import type { ListenerProps } from "../../listener.ts";
import { channels } from "./messages.ts";

/** Messages to one customer that are under way at once: a provider bounds how many it takes. */
const mostAtOnce = 2;

/** The state machine of the notification: the shop, and beside it the customer on each of his channels. */
export function fanOut(scope: Construct, deliver: IFunction, { budget, alarms }: ListenerProps): StateMachine {
  const fact = {
    event: JsonPath.stringAt("$.event"),
    orderId: JsonPath.stringAt("$.orderId"),
    placementId: JsonPath.stringAt("$.placementId"),
  };
  const retry = retryOf("functionError", { retryBudget: budget });
  const telling = (id: string, channel: string) =>
    new LambdaInvoke(scope, id, {
      lambdaFunction: deliver,
      payload: TaskInput.fromObject({ ...fact, causationId: JsonPath.executionId, channel }),
      resultPath: JsonPath.DISCARD,
      taskTimeout: Timeout.duration(Duration.seconds(timeouts.task)),
      retryOnServiceExceptions: false,
    }).addRetry({ errors: [Errors.ALL], ...retry });

  const customer = new Map(scope, "TellCustomer", {
    itemsPath: "$.channels",
    maxConcurrency: mostAtOnce,
    itemSelector: { ...fact, channel: JsonPath.stringAt("$$.Map.Item.Value") },
    resultPath: JsonPath.DISCARD,
  }).itemProcessor(telling("TellOnChannel", JsonPath.stringAt("$.channel")));
  const everybody = new Parallel(scope, "TellEverybody", { resultPath: JsonPath.DISCARD })
    .branch(customer)
    .branch(telling("TellShop", "shop"));
  const begin = new Pass(scope, "OnEachChannel", { result: Result.fromArray([...channels]), resultPath: "$.channels" });
  const logs = new LogGroup(scope, "Logs", { retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
  alarms.onLines("UntoldNotifications", {
    says: "A notification failed on its last try: its execution can be redriven",
    lines: [{ logGroup: logs, pattern: failedExecution }],
  });
  return new StateMachine(scope, "FanOut", {
    definitionBody: DefinitionBody.fromChainable(begin.next(everybody)),
    timeout: Duration.seconds(executionTimeout(budget)),
    tracingEnabled: true,
    logs: { level: LogLevel.ALL, includeExecutionData: true, destination: logs },
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

const failedExecution = FilterPattern.any(
  ...["ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted"].map((type) =>
    FilterPattern.stringValue("$.type", "=", type),
  ),
);
