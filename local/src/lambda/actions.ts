import { nameIn, onEverything, type ActionTable, type Requires } from "../iam/action-table.ts";
import { functionArn } from "../iam/resource-names.ts";

const onFunction =
  (action: string): Requires =>
  (input, region) => {
    const name = nameIn(input, "FunctionName");
    return name === undefined ? [] : [{ action, resource: functionArn(name, nameIn(input, "Qualifier"), region) }];
  };

const onOneFunction = ["GetFunction", "GetFunctionConfiguration", "GetFunctionEventInvokeConfig"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
export const lambdaActions: ActionTable = {
  ...Object.fromEntries(onOneFunction.map((name) => [name, onFunction(`lambda:${name}`)])),
  Invoke: onFunction("lambda:InvokeFunction"),
  ListFunctions: onEverything("lambda:ListFunctions"),
};
