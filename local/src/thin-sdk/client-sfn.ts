// What a handler finds as @aws-sdk/client-sfn.
import { command } from "./command.ts";
import { door } from "./door.ts";
import { states } from "./states.ts";
import { ThinClient, type ThinConfiguration } from "./thin-client.ts";

export {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionLimitExceeded,
  ExecutionNotRedrivable,
} from "@aws-sdk/client-sfn";

export const DescribeExecutionCommand = command("DescribeExecution");
export const RedriveExecutionCommand = command("RedriveExecution");
export const StartExecutionCommand = command("StartExecution");

export class SFNClient extends ThinClient {
  constructor(configuration?: ThinConfiguration) {
    super(states, door, configuration);
  }
}
