import { fileURLToPath } from "node:url";
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
import type { Construct } from "constructs";
import { alarmOnExecutions, approverOf, grantStartingNext, sagaMachine, sweepsBy } from "./saga-machine.ts";

/**
 * The order saga as an orchestration: one Standard state machine that calls the steps and knows where each order is.
 */
export class OrchestrationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const table = new OrderTable(this, "Orders");
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"));
    const { functions } = new StepHandlers(this, "Steps", { code, table });
    const retryBudget = retryBudgetOf(this);
    const stateMachineName = "ovsc-orchestration-saga";
    const approvalAboveCents = approvalLimitOf(this);
    const machine = sagaMachine(this, { stateMachineName, table, functions, retryBudget, approvalAboveCents });
    if (machine.isApproved) approverOf(this, table);
    const sweeper = new Sweeper(this, "Sweeper", {
      code,
      table,
      budget: retryBudget,
      environment: sweepsBy(machine),
    });
    grantStartingNext(machine, sweeper.function);
    alarmOnExecutions(new SagaAlarms(this, "Alarms", { functions, sweeper }), machine);
    const client = new ClientRole(this, "Client", table);
    machine.stateMachine.grantStartExecution(client);
    grantStartingNext(machine, new OperatorRole(this, "Operator", table));

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "StateMachineArn", { value: machine.stateMachine.stateMachineArn });
  }
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
