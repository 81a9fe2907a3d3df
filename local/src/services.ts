import { cloudwatchService } from "./cloudwatch/service.ts";
import type { ServiceDescriptor } from "./descriptor.ts";
import { dynamodbService } from "./dynamodb/service.ts";
import { eventsService } from "./events/service.ts";
import { iamService } from "./iam/service.ts";
import { lambdaService } from "./lambda/service.ts";
import { logsService } from "./logs/service.ts";
import { sqsService } from "./sqs/service.ts";
import { statesService } from "./states/service.ts";

/** The AWS services of the embedded cloud. */
export const services: readonly ServiceDescriptor[] = [
  cloudwatchService,
  dynamodbService,
  eventsService,
  iamService,
  lambdaService,
  logsService,
  sqsService,
  statesService,
];
