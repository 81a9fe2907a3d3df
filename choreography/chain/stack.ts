import { fileURLToPath } from "node:url";
import { retryBudget, stepNames } from "@ovsc/shared";
import { ClientRole, OrderTable, StepHandlers } from "@ovsc/shared/infra";
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { LambdaDestination, SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { callsOf, forward, timeoutOf } from "./calls.ts";
import { variableFor } from "./functions.ts";

/** The order saga as a chain: each function calls the next and waits, the client too. The undo is started, not awaited. */
export class ChainStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const { functionError, throttle } = retryBudget;
    const table = new OrderTable(this, "Orders");
    const deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { functions } = new StepHandlers(this, "Steps", {
      entry: fileURLToPath(new URL("handler.ts", import.meta.url)),
      table,
      timeoutSeconds: timeoutOf,
    });

    for (const step of stepNames) {
      for (const call of callsOf(step)) {
        functions[step].addEnvironment(variableFor(call), functions[call.calls].functionName);
        functions[call.calls].grantInvoke(functions[step]);
      }
      if (forward.includes(step)) continue;
      functions[step].configureAsyncInvoke({
        retryAttempts: functionError.lambda.maximumRetryAttempts,
        maxEventAge: Duration.seconds(throttle.lambda.maximumEventAgeSeconds),
        // A compensation that fails on its last try is for a person. Nothing undoes parking.
        onFailure: step === "ParkOrder" ? new SqsDestination(deadLetters) : new LambdaDestination(functions.ParkOrder),
      });
    }
    const client = new ClientRole(this, "Client", table);
    functions.CreateOrder.grantInvoke(client);

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "FunctionName", { value: functions.CreateOrder.functionName });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: deadLetters.queueUrl });
  }
}
