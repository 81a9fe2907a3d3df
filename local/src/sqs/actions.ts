import { eachOnNamed, nameIn, onEverything, onNamed, type ActionTable, type Requires } from "../iam/action-table.ts";
import { queueArn } from "../iam/resource-names.ts";

const byUrl = [
  "AddPermission",
  "ChangeMessageVisibility",
  "DeleteMessage",
  "DeleteQueue",
  "GetQueueAttributes",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "RemovePermission",
  "SendMessage",
  "SetQueueAttributes",
];

/**
 * Moving messages also takes what is done with each of them.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
const startMessageMoveTask: Requires = (input) => {
  const source = nameIn(input, "SourceArn");
  const destination = nameIn(input, "DestinationArn");
  if (source === undefined) return [];
  const onSource = ["StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
  return [
    ...onSource.map((name) => ({ action: `sqs:${name}`, resource: source })),
    ...(destination === undefined ? [] : [{ action: "sqs:SendMessage", resource: destination }]),
  ];
};

/**
 * A batch is allowed by the action of its single form.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export const sqsActions: ActionTable = {
  ...eachOnNamed("sqs", byUrl, "QueueUrl", queueArn),
  ...eachOnNamed("sqs", ["CreateQueue", "GetQueueUrl"], "QueueName", queueArn),
  ChangeMessageVisibilityBatch: onNamed("sqs:ChangeMessageVisibility", "QueueUrl", queueArn),
  DeleteMessageBatch: onNamed("sqs:DeleteMessage", "QueueUrl", queueArn),
  SendMessageBatch: onNamed("sqs:SendMessage", "QueueUrl", queueArn),
  ListQueues: onEverything("sqs:ListQueues"),
  StartMessageMoveTask: startMessageMoveTask,
  ...eachOnNamed("sqs", ["ListMessageMoveTasks"], "SourceArn", (arn) => arn),
};
