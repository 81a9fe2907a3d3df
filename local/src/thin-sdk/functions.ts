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

/** Lambda, as far as functions are invoked. */
export const functions: ThinService = {
  name: "lambda",
  operations: { Invoke: { bytes: ["Payload"] } },
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
