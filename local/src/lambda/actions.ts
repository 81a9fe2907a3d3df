import { nameIn, onEverything, type ActionTable, type Requires } from "../iam/action-table.ts";
import { functionArn } from "../iam/resource-names.ts";

const onFunction =
  (action: string): Requires =>
  (input, region) => {
    const name = nameIn(input, "FunctionName");
    return name === undefined ? [] : [{ action, resource: functionArn(name, nameIn(input, "Qualifier"), region) }];
  };

/** An execution's ARN begins with that of its function, qualified. */
const onExecution =
  (action: string): Requires =>
  (input) => {
    const execution = nameIn(input, "DurableExecutionArn");
    return execution === undefined ? [] : [{ action, resource: execution }];
  };

const onOneExecution = ["CheckpointDurableExecution", "GetDurableExecution", "GetDurableExecutionState"];

/** Who answers a callback names it alone: AWS checks the action on every resource. */
const onCallbacks = ["SendDurableExecutionCallbackFailure", "SendDurableExecutionCallbackSuccess"];

const onOneFunction = ["GetFunction", "GetFunctionConfiguration", "GetFunctionEventInvokeConfig"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const lambdaActions: ActionTable = {
  ...Object.fromEntries(onOneFunction.map((name) => [name, onFunction(`lambda:${name}`)])),
  ...Object.fromEntries(onOneExecution.map((name) => [name, onExecution(`lambda:${name}`)])),
  ...Object.fromEntries(onCallbacks.map((name) => [name, onEverything(`lambda:${name}`)])),
  ListDurableExecutionsByFunction: onFunction("lambda:ListDurableExecutionsByFunction"),
  Invoke: onFunction("lambda:InvokeFunction"),
  ListFunctions: onEverything("lambda:ListFunctions"),
};
