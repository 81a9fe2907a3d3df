import { fileURLToPath } from "node:url";
import { alarmOnExecutions, sagaMachine, sweepsBy } from "@ovsc/orchestration/infra";
import {
  approvalLimitOf,
  bundled,
  ClientRole,
  OperatorRole,
  OrderTable,
  retryBudgetOf,
  SagaAlarms,
  StepHandlers,
  Sweeper,
} from "@ovsc/shared/infra";
import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { StateMachineType } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { executionSeconds } from "./execution-seconds.ts";
import { nameOf, type Start } from "./start.ts";

export interface ExpressStackProps extends StackProps {
  readonly start: Start;
}

/** The order saga as an Express workflow: the orchestration's definition, which nobody can ask where an order is. */
export class ExpressStack extends Stack {
  constructor(scope: Construct, id: string, { start, ...props }: ExpressStackProps) {
    super(scope, id, props);
    const table = new OrderTable(this, "Orders");
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"));
    const limit = approvalLimitOf(this);
    const environment = limit === undefined ? {} : { APPROVAL_ABOVE_CENTS: `${limit}` };
    const { functions } = new StepHandlers(this, "Steps", { code, table, environment });
    const retryBudget = retryBudgetOf(this);
    const machine = sagaMachine(this, {
      stateMachineName: `ovsc-${nameOf(start)}-saga`,
      stateMachineType: StateMachineType.EXPRESS,
      timeoutSeconds: executionSeconds,
      table,
      functions,
      retryBudget,
    });
    const { stateMachine } = machine;
    const sweeper = new Sweeper(this, "Sweeper", { code, table, budget: retryBudget, environment: sweepsBy(machine) });
    // Nobody waits for what the sweeper starts.
    stateMachine.grantStartExecution(sweeper.function);
    alarmOnExecutions(new SagaAlarms(this, "Alarms", { functions, sweeper }), machine);
    const client = new ClientRole(this, "Client", table);
    if (start === "sync") stateMachine.grantStartSyncExecution(client);
    else stateMachine.grantStartExecution(client);
    // Nor for what an operator does.
    stateMachine.grantStartExecution(new OperatorRole(this, "Operator", table));

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "StateMachineArn", { value: stateMachine.stateMachineArn });
  }
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
