import { fileURLToPath } from "node:url";
import { type EventName, eventSource, eventVersion, stepNames } from "@ovsc/shared";
import {
  approvalLimitOf,
  ApproverRole,
  bundled,
  ClientRole,
  DeadLetters,
  Deadlines,
  limits,
  OperatorRole,
  OrderTable,
  retryBudgetOf,
  SagaAlarms,
  sayDecisions,
  StepHandlers,
  Sweeper,
} from "@ovsc/shared/infra";
import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus, type IEventBus, Rule as EventBridgeRule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { EventBridgeDestination, SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { Construct } from "constructs";
import { approvalRules, rules } from "./rules.ts";

/** The order saga as a choreography: a bus, a rule for each event that wakes a step, and no one in charge. */
export class ChoreographyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const budget = retryBudgetOf(this);
    const { functionError, throttle, targetDelivery } = budget;
    const table = new OrderTable(this, "Orders");
    const bus = new EventBus(this, "Bus");
    const archive = bus.archive("Archive", { eventPattern: { source: [eventSource] }, retention: Duration.days(7) });
    const deadLetters = new DeadLetters(this, "DeadLetters");
    const approvalAboveCents = approvalLimitOf(this);
    const isApproved = approvalAboveCents !== undefined;
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"), ...(isApproved ? [entry("deadlines.ts")] : []));
    const environment = { BUS_NAME: bus.eventBusName };
    const { functions } = new StepHandlers(this, "Steps", { code, table, environment });
    const sweeper = new Sweeper(this, "Sweeper", { code, table, budget, environment });
    bus.grantPutEventsTo(sweeper.function);

    if (isApproved) {
      limits(functions.ChargePayment, approvalAboveCents);
      sayDecisions(new ApproverRole(this, "Approver", table), bus);
      const deadlines = new Deadlines(this, "Deadlines", { code, table, environment });
      bus.grantPutEventsTo(deadlines.function);
    }

    for (const step of stepNames) {
      bus.grantPutEventsTo(functions[step]);
      functions[step].configureAsyncInvoke({
        retryAttempts: functionError.lambda.maximumRetryAttempts,
        maxEventAge: Duration.seconds(throttle.lambda.maximumEventAgeSeconds),
        // After the last try the bus hears of it, so that a rule can wake the undo. Nothing undoes parking.
        onFailure:
          step === "ParkOrder" ? new SqsDestination(deadLetters) : new EventBridgeDestination(bus as IEventBus),
      });
    }

    for (const rule of isApproved ? [...rules, ...approvalRules] : rules) {
      const exhausted = "onExhausted" in rule;
      new EventBridgeRule(this, exhausted ? `${rule.onExhausted}Exhausted` : rule.on, {
        eventBus: bus,
        eventPattern: exhausted
          ? exhaustedPattern(`${functions[rule.onExhausted].functionArn}:$LATEST`)
          : factPattern(rule.on),
        targets: [
          new LambdaFunction(functions[rule.wakes], {
            ...(exhausted && { event: RuleTargetInput.fromEventPath("$.detail") }),
            retryAttempts: targetDelivery.eventBridge.maximumRetryAttempts,
            maxEventAge: Duration.seconds(targetDelivery.eventBridge.maximumEventAgeSeconds),
            deadLetterQueue: deadLetters,
          }),
        ],
      });
    }

    new SagaAlarms(this, "Alarms", { functions, sweeper }).onQueues({ functions, deadLetters });

    const client = new ClientRole(this, "Client", table);
    client.addToPolicy(
      new PolicyStatement({
        actions: ["events:PutEvents"],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { "events:source": eventSource, "events:detail-type": placed } },
      }),
    );
    new OperatorRole(this, "Operator", table).maySay(bus, "RepairStarted", "OrderCreated");

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "ArchiveName", { value: archive.archiveName });
    new CfnOutput(this, "BusName", { value: bus.eventBusName });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: deadLetters.queueUrl });
  }
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The one event that a client says. */
const placed: EventName = "OrderPlaced";

/** Clients may still speak another version: CreateOrder tells them. Among ourselves a pattern keeps it away. */
const factPattern = (event: string) => ({
  source: [eventSource],
  detailType: [event],
  ...(event !== placed && { detail: { version: [eventVersion] } }),
});

/**
 * What Lambda tells the bus when an asynchronous invocation failed on its last try: see `InvocationRecord`.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * (2026-11-21)
 */
const exhaustedPattern = (functionArn: string) => ({
  source: ["lambda"],
  detailType: ["Lambda Function Invocation Result - Failure"],
  detail: { requestContext: { functionArn: [functionArn] } },
});
