import { timeouts } from "@ovsc/shared";
import { SagaFunction, type SagaFunctionProps } from "@ovsc/shared/infra";
import { Duration } from "aws-cdk-lib";
import { Stats } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import type { Construct } from "constructs";
import type { ListenerProps } from "./listener.ts";

interface ListenerFunctionProps extends Pick<SagaFunctionProps, "description" | "table" | "tableActions"> {
  readonly given: ListenerProps;
  /** It looks at the row of an order, which holds what a fact does not say. */
  readonly readsOrders: boolean;
}

/** The function of a listener. It writes a table of its own; of the saga's it reads an order's row at the most. */
export class ListenerFunction extends SagaFunction {
  readonly #given: ListenerProps;

  constructor(scope: Construct, id: string, { given, readsOrders, ...props }: ListenerFunctionProps) {
    const { code, handler, orders } = given;
    super(scope, id, {
      ...props,
      code,
      handler,
      timeoutSeconds: timeouts.function,
      environment: readsOrders ? { ORDERS_TABLE_NAME: orders.tableName } : {},
    });
    this.#given = given;
    if (readsOrders)
      this.addToRolePolicy(
        new PolicyStatement({
          actions: ["dynamodb:GetItem"],
          resources: [orders.tableArn],
          conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ORDER#*"] } },
        }),
      );
  }

  /** Where a rule wakes it: Lambda's queue tries it as often as a step, and what it gives up is a dead letter. */
  wokenByRule(): this {
    const { budget, deadLetters, alarms } = this.#given;
    this.configureAsyncInvoke({
      retryAttempts: budget.functionError.lambda.maximumRetryAttempts,
      maxEventAge: Duration.seconds(budget.throttle.lambda.maximumEventAgeSeconds),
      onFailure: new SqsDestination(deadLetters),
    });
    const { id } = this.node.scope!.node;
    alarms.onMetrics(`${id}LostFacts`, `Lambda could not keep a fact that ${id} gave up`, [
      this.metric("DestinationDeliveryFailures", { period: Duration.minutes(5), statistic: Stats.SUM }),
    ]);
    return this;
  }
}
