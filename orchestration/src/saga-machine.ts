import {
  answerWithinSeconds,
  ApprovalDenied,
  approvalRefusalNames,
  executionTimeout,
  type RetryBudget,
  type StepName,
  stepNames,
} from "@ovsc/shared";
import { ApproverRole, limits, type OrderTable, type SagaAlarms, type StepHandlers } from "@ovsc/shared/infra";
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import { definition } from "./definition.ts";
import { endsOf } from "./ends.ts";
import { awaitApproval, task, whereIsIt } from "./task.ts";

export interface SagaMachineProps {
  readonly stateMachineName: string;
  readonly table: OrderTable;
  readonly functions: StepHandlers["functions"];
  readonly retryBudget: RetryBudget;
  /** Standard if not given. */
  readonly stateMachineType?: StateMachineType;
  /** As long as all budgets of all steps together if not given. */
  readonly timeoutSeconds?: number;
  /** Orders above this wait for a person; none if not given. */
  readonly approvalAboveCents?: number | undefined;
}

/** A state machine that calls the steps, and the log group of its executions. */
export interface SagaMachine {
  readonly stateMachine: StateMachine;
  readonly logs: LogGroup;
  /** True where orders may wait for a person. */
  readonly isApproved: boolean;
}

/** Makes the orchestration's state machine among the constructs of a stack. */
export function sagaMachine(scope: Construct, props: SagaMachineProps): SagaMachine {
  const { stateMachineName, stateMachineType = StateMachineType.STANDARD, table, functions, retryBudget } = props;
  const { approvalAboveCents, timeoutSeconds = executionTimeout(retryBudget) } = props;
  const isApproved = approvalAboveCents !== undefined;
  if (isApproved) limits(functions.ChargePayment, approvalAboveCents);
  const refuses = isApproved ? approvalRefusalNames : [];
  const tasks = stepNames.map((step) => [step, task(scope, step, { handler: functions[step], refuses, retryBudget })]);
  const logs = new LogGroup(scope, "SagaLogs", {
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stateMachine = new StateMachine(scope, "Saga", {
    stateMachineName,
    stateMachineType,
    definitionBody: DefinitionBody.fromChainable(
      definition(scope, Object.fromEntries(tasks) as Record<StepName, LambdaInvoke>, {
        whereIsIt: whereIsIt(scope, { table, retryBudget }),
        awaitApproval: isApproved ? awaitApproval(scope, { handler: functions.ChargePayment, retryBudget }) : undefined,
      }),
    ),
    timeout: Duration.seconds(timeoutSeconds + (isApproved ? answerWithinSeconds : 0)),
    tracingEnabled: true,
    logs: { level: LogLevel.ALL, includeExecutionData: true, destination: logs },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return { stateMachine, logs, isApproved };
}

/** The environment of a sweeper that starts executions of a state machine where an order rests. */
export const sweepsBy = ({ stateMachine }: SagaMachine): Record<string, string> => ({
  STATE_MACHINE_ARN: stateMachine.stateMachineArn,
});

/** A role that decides, and then says so to the execution that waits. */
export function approverOf(scope: Construct, table: OrderTable): ApproverRole {
  const role = new ApproverRole(scope, "Approver", table);
  // IAM knows no narrower resource for it; the token itself is what nobody can guess.
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html (2026-11-21)
  role.addToPolicy(new PolicyStatement({ actions: ["states:SendTaskSuccess"], resources: ["*"] }));
  return role;
}

/** Lets a sweeper or an operator look whether an execution runs, and start another. */
export function grantStartingNext({ stateMachine }: SagaMachine, grantee: IGrantable): void {
  stateMachine.grantStartExecution(grantee);
  stateMachine.grantExecution(grantee, "states:DescribeExecution");
}

/** An alarm for executions that end otherwise than the saga does. */
export function alarmOnExecutions(alarms: SagaAlarms, { logs, isApproved }: SagaMachine): void {
  const ends = Object.keys(endsOf).filter((error) => isApproved || error !== ApprovalDenied.name);
  alarms.onLines("FailedExecutions", {
    says: "An execution ended otherwise than by an end of the saga: its order waits for the sweeper",
    lines: [{ logGroup: logs, pattern: otherwiseThan(ends) }],
  });
}

/** Of the log of executions: most that fail do so by an end that the saga has, and no one need hear of it. */
const otherwiseThan = (ends: readonly string[]) =>
  FilterPattern.any(
    FilterPattern.all(
      FilterPattern.stringValue("$.type", "=", "ExecutionFailed"),
      ...ends.map((error) => FilterPattern.stringValue("$.details.error", "!=", error)),
    ),
    FilterPattern.stringValue("$.type", "=", "ExecutionTimedOut"),
    FilterPattern.stringValue("$.type", "=", "ExecutionAborted"),
  );
