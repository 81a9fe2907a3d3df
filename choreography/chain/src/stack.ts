import { fileURLToPath } from "node:url";
import { type StepName, stepNames, timeouts } from "@ovsc/shared";
import {
  approvalLimitOf,
  bundled,
  ClientRole,
  DeadLetters,
  OperatorRole,
  OrderTable,
  retryBudgetOf,
  SagaAlarms,
  StepHandlers,
  Sweeper,
} from "@ovsc/shared/infra";
import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { LambdaDestination, SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { Construct } from "constructs";
import { callsOf, delaysIn, forward, goesOnWith, timeoutOf, undo } from "./calls.ts";
import { variableFor } from "./functions.ts";

/** The order saga as a chain: each function calls the next and waits, the client too. Nobody waits for the undo. */
export class ChainStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const budget = retryBudgetOf(this);
    const { functionError, throttle } = budget;
    const delays = delaysIn(budget);
    const table = new OrderTable(this, "Orders");
    const limit = approvalLimitOf(this);
    const shorter = shorterCallerOf(this);
    const deadLetters = new DeadLetters(this, "DeadLetters");
    const code = bundled(entry("handler.ts"), entry("sweeper.ts"));
    const { functions } = new StepHandlers(this, "Steps", {
      code,
      table,
      environment: {
        RETRY_DELAYS: JSON.stringify(delays),
        ...(limit !== undefined && { APPROVAL_ABOVE_CENTS: `${limit}` }),
      },
      timeoutSeconds: (step) => (step === shorter ? timeouts.function : timeoutOf(step, delays)),
    });
    const sweeper = new Sweeper(this, "Sweeper", { code, table, budget });
    new SagaAlarms(this, "Alarms", { functions, sweeper }).onQueues({ functions, deadLetters });
    for (const step of new Set<StepName>(["CreateOrder", ...Object.values(goesOnWith)])) {
      sweeper.function.addEnvironment(variableFor({ calls: step, how: "starts" }), functions[step].functionName);
      functions[step].grantInvoke(sweeper.function);
    }

    for (const step of stepNames) {
      for (const call of callsOf(step)) {
        functions[step].addEnvironment(variableFor(call), functions[call.calls].functionName);
        functions[call.calls].grantInvoke(functions[step]);
      }
      const isWaitedFor = forward.includes(step);
      functions[step].configureAsyncInvoke({
        // Only the sweeper starts a step that others wait for, and it comes again.
        retryAttempts: isWaitedFor ? 0 : functionError.lambda.maximumRetryAttempts,
        maxEventAge: Duration.seconds(throttle.lambda.maximumEventAgeSeconds),
        // A compensation that fails on its last try is for a person. Nothing undoes parking.
        ...(!isWaitedFor && {
          onFailure:
            step === "ParkOrder" ? new SqsDestination(deadLetters) : new LambdaDestination(functions.ParkOrder),
        }),
      });
    }
    const client = new ClientRole(this, "Client", table);
    functions.CreateOrder.grantInvoke(client);
    const operator = new OperatorRole(this, "Operator", table);
    for (const step of ["CreateOrder", undo] as const) functions[step].grantInvoke(operator);

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "FunctionName", { value: functions.CreateOrder.functionName });
    // For an operator who repairs an order.
    new CfnOutput(this, "UndoFunctionName", { value: functions[undo].functionName });
    new CfnOutput(this, "DeadLetterQueueUrl", { value: deadLetters.queueUrl });
  }
}

/**
 * To see what follows: a caller that is given time for one try of its own step, and none to wait, as in
 * `cdk deploy -c shorterCaller=ChargePayment`. The stack's outputs name it, so that commands know what was deployed.
 * @throws Error for a step that calls nobody it waits for
 */
function shorterCallerOf(stack: Stack): StepName | undefined {
  const given: unknown = stack.node.tryGetContext("shorterCaller");
  if (given === undefined) return undefined;
  const callers = forward.filter((step) => callsOf(step).some(({ how }) => how === "waits"));
  const caller = callers.find((step) => step === given);
  if (!caller) throw new Error(`shorterCaller is ${JSON.stringify(given)}, and must be one of ${callers.join(", ")}`);
  new CfnOutput(stack, "ShorterCaller", { value: caller });
  return caller;
}

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
