import { fileURLToPath } from "node:url";
import { alarmOnExecutions, approverOf, grantStartingNext, sagaMachine, sweepsBy } from "@ovsc/orchestration/infra";
import { eventSource, eventVersion, stepNames } from "@ovsc/shared";
import {
  approvalLimitOf,
  bundled,
  ClientRole,
  DeadLetters,
  OperatorRole,
  OrderTable,
  retryBudgetOf,
  SagaAlarms,
  sayDecisions,
  StepHandlers,
  Sweeper,
} from "@ovsc/shared/infra";
import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { listenerEntries, listeners } from "./listeners.ts";

/**
 * The order saga as a hybrid: a state machine calls the steps, each step says what it reached on a bus, and whoever
 * wants to know listens there.
 */
export class HybridStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const budget = retryBudgetOf(this);
    const table = new OrderTable(this, "Orders");
    const bus = new EventBus(this, "Bus");
    const deadLetters = new DeadLetters(this, "DeadLetters");
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"), ...listenerEntries);
    const environment = { BUS_NAME: bus.eventBusName };
    const { functions } = new StepHandlers(this, "Steps", { code, table, environment });
    for (const step of stepNames) bus.grantPutEventsTo(functions[step]);

    const stateMachineName = "ovsc-hybrid-saga";
    const approvalAboveCents = approvalLimitOf(this);
    const machine = sagaMachine(this, { stateMachineName, table, functions, retryBudget: budget, approvalAboveCents });
    if (machine.isApproved) sayDecisions(approverOf(this, table), bus);
    const sweeper = new Sweeper(this, "Sweeper", {
      code,
      table,
      budget,
      environment: { ...sweepsBy(machine), ...environment },
    });
    bus.grantPutEventsTo(sweeper.function);
    grantStartingNext(machine, sweeper.function);
    const alarms = new SagaAlarms(this, "Alarms", { functions, sweeper });
    alarmOnExecutions(alarms, machine);

    for (const [name, listener] of listeners) {
      const own = new Construct(this, `${name[0]!.toUpperCase()}${name.slice(1)}`);
      const handler = `listeners/${name}/handler.handler`;
      const target = listener.build(own, { handler, code, orders: table, budget, deadLetters, alarms });
      const { maximumRetryAttempts, maximumEventAgeSeconds } = budget.targetDelivery.eventBridge;
      new Rule(own, "Hears", {
        eventBus: bus,
        eventPattern: { source: [eventSource], detailType: [...listener.hears], detail: { version: [eventVersion] } },
        targets: [
          target({
            retryAttempts: maximumRetryAttempts,
            maxEventAge: Duration.seconds(maximumEventAgeSeconds),
            deadLetterQueue: deadLetters,
          }),
        ],
      });
    }
    alarms.onMetrics("DeadLettersLeft", "A listener gave up a fact, or could not be handed one", [
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
    ]);

    const client = new ClientRole(this, "Client", table);
    machine.stateMachine.grantStartExecution(client);
    grantStartingNext(machine, new OperatorRole(this, "Operator", table));

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "BusName", { value: bus.eventBusName });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: deadLetters.queueUrl });
    new CfnOutput(this, "StateMachineArn", { value: machine.stateMachine.stateMachineArn });
  }
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
