import type { Code } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { timeouts } from "../retry-budget.ts";
import { stepNames, type StepName } from "../steps/index.ts";
import type { OrderTable } from "./order-table.ts";
import { SagaFunction } from "./saga-function.ts";

export interface StepHandlersProps {
  /** Holds a `handler.js` whose `handler` runs the step that its environment names as STEP_NAME. */
  readonly code: Code;
  readonly table: OrderTable;
  readonly environment?: Record<string, string>;
  /** How long each function may take; one try's time if not given. */
  readonly timeoutSeconds?: (step: StepName) => number;
}

/** One Lambda function for each step, all from one bundle, each allowed what its step does and no more. */
export class StepHandlers extends Construct {
  readonly functions: Readonly<Record<StepName, SagaFunction>>;

  constructor(
    scope: Construct,
    id: string,
    { code, table, environment, timeoutSeconds = () => timeouts.function }: StepHandlersProps,
  ) {
    super(scope, id);
    const handlers = stepNames.map((step) => {
      const handler = new SagaFunction(this, step, {
        description: `${step} of the order saga`,
        handler: "handler.handler",
        code,
        timeoutSeconds: timeoutSeconds(step),
        table,
        environment: { STEP_NAME: step, ...environment },
        tableActions: tableActions[step],
      });
      return [step, handler] as const;
    });
    this.functions = Object.fromEntries(handlers) as Record<StepName, SagaFunction>;
  }
}

/** What each step does to the table. */
const tableActions: Record<StepName, readonly string[]> = {
  CreateOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ReserveInventory: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ChargePayment: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ShipOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  RefundPayment: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ReleaseInventory: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  ParkOrder: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
};
