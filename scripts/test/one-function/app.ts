import { fileURLToPath } from "node:url";
import { bundled, ClientRole, OperatorRole, OrderTable, retryBudgetOf } from "@ovsc/shared/infra";
import { App, type AppProps, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { LambdaDestination } from "aws-cdk-lib/aws-lambda-destinations";

/** Three functions, each the failure destination of the one before. */
export function oneFunctionApp(props: AppProps): App {
  const app = new App({ analyticsReporting: false, ...props });
  const stack = new Stack(app, "ovsc-one-function", { env: { region: "eu-west-2" } });
  const { functionError, throttle } = retryBudgetOf(stack);
  const table = new OrderTable(stack, "Orders");
  const code = bundled(fileURLToPath(new URL("src/handler.ts", import.meta.url)));
  const functionThat = (handler: string, onFailure?: lambda.IFunction): lambda.Function => {
    const made = new lambda.Function(stack, handler, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: `handler.${handler}`,
      code,
      timeout: Duration.seconds(60),
      environment: { TABLE_NAME: table.tableName, STEP_NAME: handler },
      retryAttempts: functionError.lambda.maximumRetryAttempts,
      maxEventAge: Duration.seconds(throttle.lambda.maximumEventAgeSeconds),
      ...(onFailure && { onFailure: new LambdaDestination(onFailure) }),
    });
    table.grantReadWriteData(made);
    return made;
  };
  const forward = functionThat("Forward", functionThat("Undo", functionThat("Park")));
  const client = new ClientRole(stack, "Client", table);
  forward.grantInvoke(client);
  new OperatorRole(stack, "Operator", table);
  new CfnOutput(stack, "ClientRoleArn", { value: client.roleArn });
  new CfnOutput(stack, "TableName", { value: table.tableName });
  new CfnOutput(stack, "FunctionName", { value: forward.functionName });
  return app;
}
