import type { AwsError } from "../errors.ts";

/** The codes that SQS's older query protocol gave errors, where they are not the names of the errors. */
const queryCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
  InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
  MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
  PurgeQueueInProgress: "AWS.SimpleQueueService.PurgeQueueInProgress",
  QueueDeletedRecently: "AWS.SimpleQueueService.QueueDeletedRecently",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
  UnsupportedOperation: "AWS.SimpleQueueService.UnsupportedOperation",
};

/**
 * The header by which SQS, on AWS JSON, still tells clients the code they knew from the query protocol.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html (awsQueryCompatible)
 * @returns for instance `AWS.SimpleQueueService.NonExistentQueue;Sender`
 */
export const sqsQueryError = ({ code, statusCode }: AwsError): string =>
  `${queryCodes[code] ?? code};${statusCode < 500 ? "Sender" : "Receiver"}`;
