import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { openIndex } from "../aws/table.ts";
import { deadlinesEverySeconds } from "../deadlines.ts";
import { SagaFunction, type SagaFunctionProps } from "./saga-function.ts";

/** The clock of those who wait for a person, where no execution has a timeout: a function on a schedule. */
export class Deadlines extends Construct {
  readonly function: SagaFunction;

  constructor(scope: Construct, id: string, props: Pick<SagaFunctionProps, "code" | "table" | "environment">) {
    super(scope, id);
    this.function = new SagaFunction(this, "Tick", {
      ...props,
      description: "Denies orders of the saga that nobody approved in time",
      handler: "deadlines.handler",
      timeoutSeconds: 300,
      tableActions: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    });
    this.function.addToRolePolicy(
      new PolicyStatement({ actions: ["dynamodb:Query"], resources: [`${props.table.tableArn}/index/${openIndex}`] }),
    );
    // A tick that fails or is lost needs neither a retry nor a dead letter: the next one finds the same orders.
    const maxEventAge = Duration.seconds(deadlinesEverySeconds);
    this.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge });
    new Rule(this, "Schedule", {
      schedule: Schedule.rate(Duration.seconds(deadlinesEverySeconds)),
      targets: [new LambdaFunction(this.function, { retryAttempts: 0, maxEventAge })],
    });
  }
}
