import { CfnOutput, Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { openIndex } from "../aws/table.ts";
import { longestRest, type RetryBudget } from "../retry-budget.ts";
import { sweeping } from "../sweep.ts";
import type { OrderTable } from "./order-table.ts";
import { SagaFunction } from "./saga-function.ts";

export interface SweeperProps {
  /** Holds a `sweeper.js` whose `handler` sweeps once. */
  readonly code: Code;
  readonly table: OrderTable;
  /** Of the steps: the sweeper waits until it must be used up. */
  readonly budget: RetryBudget;
  readonly environment?: Record<string, string>;
}

/** The sweeper: one function on a schedule, which finds the orders that nobody moves on. */
export class Sweeper extends Construct {
  readonly function: SagaFunction;

  constructor(scope: Construct, id: string, { code, table, budget, environment = {} }: SweeperProps) {
    super(scope, id);
    this.function = new SagaFunction(this, "Sweep", {
      description: "Looks after orders of the saga that nobody moves on",
      handler: "sweeper.handler",
      code,
      timeoutSeconds: 300,
      table,
      environment: { ...environment, REST_SECONDS: `${longestRest(budget)}` },
      tableActions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    });
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ["dynamodb:Query"], resources: [`${table.tableArn}/index/${openIndex}`] }),
    );
    // A sweep that fails or is lost needs neither a retry nor a dead letter: the next one finds the same orders.
    this.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(sweeping.everySeconds) });
    const rule = new Rule(this, "Schedule", {
      schedule: Schedule.rate(Duration.seconds(sweeping.everySeconds)),
      targets: [
        new LambdaFunction(this.function, { retryAttempts: 0, maxEventAge: Duration.seconds(sweeping.everySeconds) }),
      ],
    });
    // For an operator who wants to pause it: aws events disable-rule.
    new CfnOutput(scope, "SweepRuleName", { value: rule.ruleName });
  }
}
