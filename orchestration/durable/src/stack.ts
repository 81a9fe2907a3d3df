import { fileURLToPath } from "node:url";
import { answerWithinSeconds, delaysOf, executionTimeout, type StepName, stepNames } from "@ovsc/shared";
import {
  approvalLimitOf,
  ApproverRole,
  bundled,
  ClientRole,
  limits,
  OperatorRole,
  OrderTable,
  retryBudgetOf,
  SagaAlarms,
  SagaFunction,
  StepHandlers,
  Sweeper,
} from "@ovsc/shared/infra";
import { ArnFormat, CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { FilterPattern } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { functionOf } from "./function-of.ts";

/** Where its function is named, so that its role can be told before it is made. */
const workflowName = "ovsc-durable-saga";

/** The order saga as code: one durable function invokes the steps, and Lambda remembers how far it came. */
export class DurableStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const budget = retryBudgetOf(this);
    const approvalAboveCents = approvalLimitOf(this);
    const isApproved = approvalAboveCents !== undefined;
    const table = new OrderTable(this, "Orders");
    const isInProcess = runsStepsItself(this);
    const entries = isInProcess ? [entry("in-process.ts")] : [entry("handler.ts"), entry("saga.ts")];
    const code = bundled(entry("sweeper.ts"), ...entries);
    const steps = isInProcess ? undefined : new StepHandlers(this, "Steps", { code, table }).functions;
    const workflow = new SagaFunction(this, "Saga", {
      functionName: workflowName,
      description: "The order saga as code",
      handler: isInProcess ? "in-process.handler" : "saga.handler",
      code,
      timeoutSeconds: 30,
      table,
      environment: {
        RETRY_DELAYS: JSON.stringify(delaysOf(budget.functionError.stepFunctions)),
        ...(steps && Object.fromEntries(stepNames.map((step) => [functionOf(step), steps[step].functionName]))),
      },
      tableActions: ["dynamodb:GetItem", ...(isInProcess ? ["dynamodb:PutItem", "dynamodb:UpdateItem"] : [])],
      durableConfig: {
        executionTimeout: Duration.seconds(executionTimeout(budget) + (isApproved ? answerWithinSeconds : 0)),
        retentionPeriod: Duration.days(7),
      },
    });
    for (const each of Object.values(steps ?? {})) each.grantInvoke(workflow);
    const functions = steps ?? everyStep(workflow);
    if (isApproved) limits(functions.ChargePayment, approvalAboveCents);
    const executions = `${this.formatArn({
      service: "lambda",
      resource: "function",
      resourceName: workflowName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })}:*`;
    workflow.addToRolePolicy(
      new PolicyStatement({
        actions: ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
        resources: [executions],
      }),
    );
    const version = workflow.currentVersion;
    const sweeper = new Sweeper(this, "Sweeper", {
      code,
      table,
      budget,
      environment: { WORKFLOW_ARN: version.functionArn },
    });
    for (const each of [sweeper.function, new OperatorRole(this, "Operator", table)]) {
      version.grantInvoke(each);
      each.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ["lambda:ListDurableExecutionsByFunction", "lambda:GetDurableExecution"],
          resources: [workflow.functionArn, executions],
        }),
      );
    }
    new SagaAlarms(this, "Alarms", { functions, sweeper }).onLines("StoppedWorkflows", {
      says: "A workflow ended otherwise than by an end of the saga: its order waits for the sweeper",
      lines: [{ logGroup: workflow.logs, pattern: FilterPattern.allTerms("stopped") }],
    });
    if (isApproved) {
      new ApproverRole(this, "Approver", table).addToPolicy(
        new PolicyStatement({ actions: ["lambda:SendDurableExecutionCallbackSuccess"], resources: [executions] }),
      );
    }
    const client = new ClientRole(this, "Client", table);
    version.grantInvoke(client);

    new CfnOutput(this, "ClientRoleArn", { value: client.roleArn });
    new CfnOutput(this, "TableName", { value: table.tableName });
    new CfnOutput(this, "WorkflowArn", { value: version.functionArn });
  }
}

/**
 * Steps have functions of their own, unless the workflow is to run them itself: `cdk deploy -c steps=in-process`. The
 * stack's outputs then say so, so that commands know what was deployed.
 * @throws Error for any other word
 */
function runsStepsItself(stack: Stack): boolean {
  const given: unknown = stack.node.tryGetContext("steps");
  if (given === undefined) return false;
  if (given !== "in-process") throw new Error(`steps is ${JSON.stringify(given)}, and must be in-process`);
  new CfnOutput(stack, "StepsRun", { value: given });
  return true;
}

/** One function that runs every step. */
const everyStep = (workflow: SagaFunction) =>
  Object.fromEntries(stepNames.map((step) => [step, workflow])) as Record<StepName, SagaFunction>;

const entry = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
