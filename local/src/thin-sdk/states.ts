import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionLimitExceeded,
  ExecutionNotRedrivable,
  InvalidArn,
  InvalidExecutionInput,
  InvalidName,
  SFNServiceException,
  StateMachineDoesNotExist,
} from "@aws-sdk/client-sfn";
import type { ThinService } from "./thin-client.ts";

/** Step Functions, as far as executions are started, looked at and taken up again. */
export const states: ThinService = {
  name: "states",
  operations: {
    StartExecution: { dates: ["startDate"] },
    StartSyncExecution: { dates: ["startDate", "stopDate"] },
    DescribeExecution: { dates: ["startDate", "stopDate", "redriveDate"] },
    RedriveExecution: { token: "clientToken", dates: ["redriveDate"] },
  },
  exceptions: [
    ExecutionAlreadyExists,
    ExecutionDoesNotExist,
    ExecutionLimitExceeded,
    ExecutionNotRedrivable,
    InvalidArn,
    InvalidExecutionInput,
    InvalidName,
    StateMachineDoesNotExist,
  ],
  exception: SFNServiceException,
};
