import {
  EC2ThrottledException,
  InvalidParameterValueException,
  InvalidRequestContentException,
  LambdaServiceException,
  RequestTooLargeException,
  ResourceNotFoundException,
  ServiceException,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import type { ThinService } from "./thin-client.ts";

const operationDates = ["StartTimestamp", "EndTimestamp", "NextAttemptTimestamp", "ScheduledEndTimestamp"];

/** Lambda, as far as functions are invoked and durable ones checkpoint. */
export const functions: ThinService = {
  name: "lambda",
  operations: {
    CheckpointDurableExecution: { dates: operationDates, token: "ClientToken" },
    GetDurableExecution: { dates: operationDates },
    GetDurableExecutionState: { dates: operationDates },
    ListDurableExecutionsByFunction: { dates: operationDates },
    Invoke: { bytes: ["Payload"] },
  },
  exceptions: [
    EC2ThrottledException,
    InvalidParameterValueException,
    InvalidRequestContentException,
    RequestTooLargeException,
    ResourceNotFoundException,
    ServiceException,
    TooManyRequestsException,
  ],
  exception: LambdaServiceException,
};
