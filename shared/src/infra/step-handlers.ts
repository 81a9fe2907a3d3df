import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { timeouts } from "../retry-budget.ts";
import { stepNames, type StepName } from "../steps/index.ts";
import { bundled } from "./bundle.ts";
import type { OrderTable } from "./order-table.ts";

export interface StepHandlersProps {
  /** Absolute path of a module that exports `handler`, which runs the step that its environment names as STEP_NAME. */
  readonly entry: string;
  readonly table: OrderTable;
  readonly environment?: Record<string, string>;
}

/** One Lambda function for each step, all from one bundle, each allowed what its step does and no more. */
export class StepHandlers extends Construct {
  readonly functions: Readonly<Record<StepName, lambda.Function>>;

  constructor(scope: Construct, id: string, { entry, table, environment }: StepHandlersProps) {
    super(scope, id);
    const code = bundled(entry);
    const handlers = stepNames.map((step) => {
      const logGroup = new LogGroup(this, `${step}Logs`, {
        retention: RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      });
      // Its own role, since the managed policy that CDK would attach may write to every log group of the account.
      const role = new Role(this, `${step}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
      logGroup.grantWrite(role);
      const handler = new lambda.Function(this, step, {
        description: `${step} of the order saga`,
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        handler: "index.handler",
        code,
        role,
        logGroup,
        timeout: Duration.seconds(timeouts.function),
        memorySize: 512,
        tracing: lambda.Tracing.ACTIVE,
        environment: { STEP_NAME: step, TABLE_NAME: table.tableName, ...environment },
      });
      role.addToPolicy(new PolicyStatement({ actions: [...tableActions[step]], resources: [table.tableArn] }));
      return [step, handler] as const;
    });
    this.functions = Object.fromEntries(handlers) as Record<StepName, lambda.Function>;
  }
}

/** What each step does to the table. A transaction needs the actions of its parts. */
const tableActions: Record<StepName, readonly string[]> = {
  CreateOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ReserveInventory: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ChargePayment: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ShipOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  RefundPayment: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ReleaseInventory: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ParkOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
};
