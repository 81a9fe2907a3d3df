import { fileURLToPath } from "node:url";
import { executionTimeout, type StepName, stepNames } from "@ovsc/shared";
import { bundled, ClientRole, OrderTable, retryBudgetOf, SagaAlarms, StepHandlers, Sweeper } from "@ovsc/shared/infra";
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { FilterPattern, LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import type { Construct } from "constructs";
import { definition } from "./definition.ts";
import { endsOf } from "./ends.ts";
import { task, whereIsIt } from "./task.ts";

export const stateMachineName = "ovsc-orchestration-saga";

/**
 * The order saga as an orchestration: one Standard state machine that calls the steps and knows where each order is.
 */
export class OrchestrationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const table = new OrderTable(this, "Orders");
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"));
    const { functions } = new StepHandlers(this, "Steps", { code, table });

    // An emulator that cannot speed up time is given a shorter delay: `cdk deploy -c retryDelaySeconds=1`.
    const retryDelaySeconds = this.node.tryGetContext("retryDelaySeconds") as number | string | undefined;
    const retryBudget = retryBudgetOf(this);
    const retries = { retryBudget, retryDelaySeconds };
    const tasks = stepNames.map((step) => [step, task(this, step, { handler: functions[step], ...retries })]);
    const sagaLogs = new LogGroup(this, "SagaLogs", {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stateMachine = new StateMachine(this, "Saga", {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(
        definition(
          this,
          Object.fromEntries(tasks) as Record<StepName, LambdaInvoke>,
          whereIsIt(this, { table, ...retries }),
        ),
      ),
      timeout: Duration.seconds(executionTimeout(retryBudget)),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: true,
        destination: sagaLogs,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const sweeper = new Sweeper(this, "Sweeper", {
      code,
      table,
      budget: retryBudget,
      environment: { STATE_MACHINE_ARN: stateMachine.stateMachineArn },
    });
    stateMachine.grantStartExecution(sweeper.function);
    stateMachine.grantExecution(sweeper.function, "states:DescribeExecution");

    const alarms = new SagaAlarms(this, "Alarms", { functions, sweeper });
    alarms.onLines("FailedExecutions", {
      says: "An execution ended otherwise than by an end of the saga: its order waits for the sweeper",
      lines: [{ logGroup: sagaLogs, pattern: unforeseenEnd }],
    });

    const client = new ClientRole(this, "Client", table);
    stateMachine.grantStartExecution(client);

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "StateMachineArn", { value: stateMachine.stateMachineArn });
  }
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Of the log of executions: most that fail do so by an end that the saga has, and no one need hear of it. */
const unforeseenEnd = FilterPattern.any(
  FilterPattern.all(
    FilterPattern.stringValue("$.type", "=", "ExecutionFailed"),
    ...Object.keys(endsOf).map((error) => FilterPattern.stringValue("$.details.error", "!=", error)),
  ),
  FilterPattern.stringValue("$.type", "=", "ExecutionTimedOut"),
  FilterPattern.stringValue("$.type", "=", "ExecutionAborted"),
);
