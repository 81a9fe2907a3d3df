import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { MakeClient } from "./variant.ts";

/** A queue answers with ten messages at the most; a queue longer than this is not read to its end. */
const mostReads = 100;

/**
 * @returns a reader of the messages on a dead-letter queue that speak of some orders: their bodies. They stay there;
 * each is hidden for the few seconds that the reading takes.
 */
export function deadLettersOn(
  queueUrl: string,
  client: MakeClient,
): (orderIds: readonly string[]) => Promise<string[]> {
  // The URL in a stack's outputs names a host that an emulator may not be reached under.
  const queues = client(SQSClient, { useQueueUrlAsEndpoint: false });
  return async (orderIds) => {
    const bodies = new Map<string, string>();
    for (let read = 0; read < mostReads; read += 1) {
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 5 }),
      );
      if (Messages.length === 0) break;
      for (const { MessageId, Body } of Messages) bodies.set(MessageId!, Body!);
    }
    return [...bodies.values()].filter((body) => orderIds.some((orderId) => body.includes(`"${orderId}"`)));
  };
}
