import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Deployment } from "./deployment.ts";

/** A queue answers with ten messages at the most; a queue longer than this is not read to its end. */
const mostReads = 100;

/**
 * The messages on a variant's dead-letter queue that speak of these orders. They stay there: each is hidden for the
 * few seconds that the reading takes.
 * @returns their bodies; none for a variant without a queue
 */
export async function deadLettersAbout(
  orderIds: readonly string[],
  { outputs, clients }: Deployment,
): Promise<string[]> {
  if (!outputs.DeadLetterQueueUrl) return [];
  const bodies = new Map<string, string>();
  for (let read = 0; read < mostReads; read += 1) {
    const { Messages = [] } = await clients.queues.send(
      new ReceiveMessageCommand({
        QueueUrl: outputs.DeadLetterQueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 5,
      }),
    );
    if (Messages.length === 0) break;
    for (const { MessageId, Body } of Messages) bodies.set(MessageId!, Body!);
  }
  return [...bodies.values()].filter((body) => orderIds.some((orderId) => body.includes(`"${orderId}"`)));
}
