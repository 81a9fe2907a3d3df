import { eachOnNamed, onEverything, onNamed, type ActionTable } from "../iam/action-table.ts";
import { queueArn } from "../iam/resource-names.ts";

const byUrl = [
  "ChangeMessageVisibility",
  "DeleteMessage",
  "GetQueueAttributes",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
];

/**
 * A batch is allowed by the action of its single form.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const sqsActions: ActionTable = {
  ...eachOnNamed("sqs", byUrl, "QueueUrl", queueArn),
  ...eachOnNamed("sqs", ["GetQueueUrl"], "QueueName", queueArn),
  ChangeMessageVisibilityBatch: onNamed("sqs:ChangeMessageVisibility", "QueueUrl", queueArn),
  DeleteMessageBatch: onNamed("sqs:DeleteMessage", "QueueUrl", queueArn),
  SendMessageBatch: onNamed("sqs:SendMessage", "QueueUrl", queueArn),
  ListQueues: onEverything("sqs:ListQueues"),
};
