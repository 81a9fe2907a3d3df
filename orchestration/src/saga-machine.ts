import { executionTimeout, type RetryBudget, type StepName, stepNames } from "@ovsc/shared";
import type { OrderTable, SagaAlarms, StepHandlers, Sweeper } from "@ovsc/shared/infra";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { FilterPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import { definition } from "./definition.ts";
import { endsOf } from "./ends.ts";
import { task, whereIsIt } from "./task.ts";

export interface SagaMachineProps {
  readonly stateMachineName: string;
  readonly table: OrderTable;
  readonly functions: StepHandlers["functions"];
  readonly retryBudget: RetryBudget;
  /** Standard if not given. */
  readonly stateMachineType?: StateMachineType;
  /** As long as all budgets of all steps together if not given. */
  readonly timeoutSeconds?: number;
}

/** A state machine that calls the steps, and the log group of its executions. */
export interface SagaMachine {
  readonly stateMachine: StateMachine;
  readonly logs: LogGroup;
}

/** Makes the orchestration's state machine among the constructs of a stack. */
export function sagaMachine(scope: Construct, props: SagaMachineProps): SagaMachine {
  const { stateMachineName, stateMachineType = StateMachineType.STANDARD, table, functions, retryBudget } = props;
  const { timeoutSeconds = executionTimeout(retryBudget) } = props;
  // An emulator that cannot speed up time is given a shorter delay: `cdk deploy -c retryDelaySeconds=1`.
  const retryDelaySeconds = scope.node.tryGetContext("retryDelaySeconds") as number | string | undefined;
  const retries = { retryBudget, retryDelaySeconds };
  const tasks = stepNames.map((step) => [step, task(scope, step, { handler: functions[step], ...retries })]);
  const logs = new LogGroup(scope, "SagaLogs", {
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stateMachine = new StateMachine(scope, "Saga", {
    stateMachineName,
    stateMachineType,
    definitionBody: DefinitionBody.fromChainable(
      definition(
        scope,
        Object.fromEntries(tasks) as Record<StepName, LambdaInvoke>,
        whereIsIt(scope, { table, ...retries }),
      ),
    ),
    timeout: Duration.seconds(timeoutSeconds),
    tracingEnabled: true,
    logs: { level: LogLevel.ALL, includeExecutionData: true, destination: logs },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return { stateMachine, logs };
}

/** The environment of a sweeper that starts executions of a state machine where an order rests. */
export const sweepsBy = ({ stateMachine }: SagaMachine): Record<string, string> => ({
  STATE_MACHINE_ARN: stateMachine.stateMachineArn,
});

/** Lets a sweeper look whether an execution runs, and start another. */
export function grantSweeping({ stateMachine }: SagaMachine, sweeper: Sweeper): void {
  stateMachine.grantStartExecution(sweeper.function);
  stateMachine.grantExecution(sweeper.function, "states:DescribeExecution");
}

/** An alarm for executions that end otherwise than the saga does. */
export function alarmOnExecutions(alarms: SagaAlarms, { logs }: SagaMachine): void {
  alarms.onLines("FailedExecutions", {
    says: "An execution ended otherwise than by an end of the saga: its order waits for the sweeper",
    lines: [{ logGroup: logs, pattern: unforeseenEnd }],
  });
}

/** Of the log of executions: most that fail do so by an end that the saga has, and no one need hear of it. */
const unforeseenEnd = FilterPattern.any(
  FilterPattern.all(
    FilterPattern.stringValue("$.type", "=", "ExecutionFailed"),
    ...Object.keys(endsOf).map((error) => FilterPattern.stringValue("$.details.error", "!=", error)),
  ),
  FilterPattern.stringValue("$.type", "=", "ExecutionTimedOut"),
  FilterPattern.stringValue("$.type", "=", "ExecutionAborted"),
);
