import { nameIn, onEverything, type ActionTable, type Requires } from "../iam/action-table.ts";
import { functionArn } from "../iam/resource-names.ts";
import { namedBy } from "./durable/callback-id.ts";

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

/** A callback's id names its execution. Of a text that is no such id, nothing narrower is known. */
const onCallback =
  (action: string): Requires =>
  (input) => {
    const { executionArn } = namedBy(nameIn(input, "CallbackId") ?? "");
    return [{ action, resource: executionArn.startsWith("arn:") ? executionArn : "*" }];
  };

const onOneCallback = ["SendDurableExecutionCallbackFailure", "SendDurableExecutionCallbackSuccess"];

const onOneFunction = ["GetFunction", "GetFunctionConfiguration", "GetFunctionEventInvokeConfig"];

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html (2026-11-21): most actions on durable executions
 * are authorized by the ARN of the execution.
 */
export const lambdaActions: ActionTable = {
  ...Object.fromEntries(onOneFunction.map((name) => [name, onFunction(`lambda:${name}`)])),
  ...Object.fromEntries(onOneExecution.map((name) => [name, onExecution(`lambda:${name}`)])),
  ...Object.fromEntries(onOneCallback.map((name) => [name, onCallback(`lambda:${name}`)])),
  ListDurableExecutionsByFunction: onFunction("lambda:ListDurableExecutionsByFunction"),
  Invoke: onFunction("lambda:InvokeFunction"),
  ListFunctions: onEverything("lambda:ListFunctions"),
};
