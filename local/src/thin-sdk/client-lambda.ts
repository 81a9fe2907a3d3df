// What a handler finds as @aws-sdk/client-lambda.
import { command } from "./command.ts";
import { door } from "./door.ts";
import { functions } from "./functions.ts";
import { ThinClient, type ThinConfiguration } from "./thin-client.ts";

export { TooManyRequestsException } from "@aws-sdk/client-lambda";

export const CheckpointDurableExecutionCommand = command("CheckpointDurableExecution");
export const GetDurableExecutionCommand = command("GetDurableExecution");
export const GetDurableExecutionStateCommand = command("GetDurableExecutionState");
export const ListDurableExecutionsByFunctionCommand = command("ListDurableExecutionsByFunction");
export const InvokeCommand = command("Invoke");

export class LambdaClient extends ThinClient {
  constructor(configuration?: ThinConfiguration) {
    super(functions, door, configuration);
  }
}
