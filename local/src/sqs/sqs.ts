import { billedBytes } from "../billed-bytes.ts";
import type { Clock } from "../clock.ts";
import { door, type Call, type Operations } from "../door/door.ts";
import { AwsError, UnknownFeature } from "../errors.ts";
import type { History } from "../history.ts";
import type { Ids } from "../identity.ts";
import { account, arn } from "../identity.ts";
import type { Caller, Service } from "../service.ts";
import { batch } from "./batch.ts";
import { type Message, messageSize } from "./message.ts";
import type { Input } from "./parameters.ts";
import { integer, requiredString } from "./parameters.ts";
import { queueAttributes } from "./queue-attributes.ts";
import { queueUrl } from "./queue-url.ts";
import type { QueueSettings } from "./queue.ts";
import { Queue } from "./queue.ts";
import { messageIdOf, received } from "./receive.ts";
import { readMessage, sent } from "./send.ts";

export interface SqsOptions {
  readonly clock: Clock;
  readonly history: History;
  readonly ids: Ids;
  readonly region: string;
}

const attributeMembers = ["DataType", "StringValue", "BinaryValue"].map((member) => `MessageAttributes.${member}`);
const messageMembers = ["MessageBody", "DelaySeconds", ...attributeMembers];

/** FIFO members, system attributes and lists as values are refused by name. */
const takes: Readonly<Record<string, readonly string[]>> = {
  SendMessage: ["QueueUrl", ...messageMembers],
  SendMessageBatch: ["QueueUrl", ...["Id", ...messageMembers].map((member) => `Entries.${member}`)],
  ReceiveMessage: [
    "QueueUrl",
    "AttributeNames",
    "MessageSystemAttributeNames",
    "MessageAttributeNames",
    "MaxNumberOfMessages",
    "VisibilityTimeout",
    "WaitTimeSeconds",
  ],
  GetQueueUrl: ["QueueName"],
  ListQueues: ["QueueNamePrefix"],
};

/** PurgeQueue may run once in this time. */
const purgeIntervalMs = 60_000;
const maxBatchBytes = 1_048_576;

/** Amazon SQS with standard queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
export class Sqs implements Service {
  readonly #options: SqsOptions;
  readonly #queues = new Map<string, Queue>();
  readonly call: Call;

  constructor(options: SqsOptions) {
    this.#options = options;
    const operations: Operations = {
      SendMessage: (input, caller) => this.#send(this.#queueOf(input), input, caller),
      SendMessageBatch: (input, caller) => this.#sendBatch(input, caller),
      ReceiveMessage: (input) => this.#receive(input),
      DeleteMessage: (input) => this.#delete(this.#queueOf(input), input),
      DeleteMessageBatch: (input) =>
        batch(this.#queueOf(input), input, "DeleteMessageBatchRequestEntry", (queue, entry) =>
          this.#delete(queue, entry),
        ),
      ChangeMessageVisibility: (input) => this.#changeVisibility(this.#queueOf(input), input),
      ChangeMessageVisibilityBatch: (input) =>
        batch(this.#queueOf(input), input, "ChangeMessageVisibilityBatchRequestEntry", (queue, entry) =>
          this.#changeVisibility(queue, entry),
        ),
      GetQueueUrl: (input) => ({ QueueUrl: this.#named(requiredString(input, "QueueName")).url }),
      GetQueueAttributes: (input) => this.#attributes(input),
      ListQueues: (input) => this.#list(input),
      PurgeQueue: (input) => this.#purge(this.#queueOf(input)),
    };
    // What is missing or out of bounds, SQS says in words of its own for each parameter.
    this.call = door({ service: "sqs", operations, takes, typesOnly: true });
  }

  /** @throws UnknownFeature for a FIFO queue */
  createQueue(name: string, settings: QueueSettings): Queue {
    if (name.endsWith(".fifo")) throw new UnknownFeature("FIFO queues", name);
    const { region, clock } = this.#options;
    const queue = new Queue({ name, arn: arn("sqs", region, name), url: queueUrl(region, name) }, settings, clock);
    this.#queues.set(name, queue);
    return queue;
  }

  /** Forgets all messages: the queues stay. */
  reset(): void {
    for (const queue of this.#queues.values()) queue.reset();
  }

  /** @throws AwsError QueueDoesNotExist */
  changeQueue(name: string, settings: QueueSettings): void {
    this.#named(name).settings = settings;
  }

  #named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (!queue) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
    return queue;
  }

  #queueOf(input: Input): Queue {
    const url = requiredString(input, "QueueUrl");
    return this.#named(url.slice(url.lastIndexOf("/") + 1));
  }

  #send(queue: Queue, input: Input, caller: Caller): unknown {
    const { ids, clock, history } = this.#options;
    const message = readMessage(input, queue, { id: ids.uuid(), nowMs: clock.nowMs, senderId: senderId(caller) });
    const { id: messageId, body, attributes } = message;
    const bytes = billedBytes(body) + messageSize("", attributes);
    history.record(caller.trace, { type: "MessageSent", queue: queue.name, messageId, body, bytes });
    queue.put(message);
    return sent(message);
  }

  #sendBatch(input: Input, caller: Caller): unknown {
    const queue = this.#queueOf(input);
    const entries = (input["Entries"] ?? []) as readonly { MessageBody?: string }[];
    const bytes = entries.reduce((sum, { MessageBody = "" }) => sum + Buffer.byteLength(MessageBody), 0);
    if (bytes > maxBatchBytes) {
      throw new AwsError(
        "BatchRequestTooLong",
        `Batch requests cannot be longer than ${maxBatchBytes} bytes. You have sent ${bytes} bytes.`,
      );
    }
    return batch(queue, input, "SendMessageBatchRequestEntry", (_, entry) => this.#send(queue, entry, caller));
  }

  /** Answers at once, or when WaitTimeSeconds of the clock's time have passed, or as soon as a message can be had. */
  #receive(input: Input): unknown {
    const queue = this.#queueOf(input);
    const { settings } = queue;
    const count = integer(input, "MaxNumberOfMessages", 1, 10, 1);
    const visibilityMs = integer(input, "VisibilityTimeout", 0, 43_200, settings.visibilityTimeoutSeconds) * 1000;
    const waitMs = integer(input, "WaitTimeSeconds", 0, 20, settings.receiveWaitSeconds) * 1000;
    const attempt = () => {
      const messages = queue.receive(count, visibilityMs, (message) => this.#moveToDeadLetter(queue, message));
      return messages.length === 0 ? undefined : { Messages: messages.map((message) => received(message, input)) };
    };
    const now = attempt();
    if (now || waitMs === 0) return now ?? {};
    return new Promise((resolve) => {
      queue.wait(
        waitMs,
        () => {
          const answer = attempt();
          if (answer) resolve(answer);
          return answer !== undefined;
        },
        () => resolve({}),
      );
    });
  }

  /** The message keeps its id, its age and its receive count. */
  #moveToDeadLetter(queue: Queue, message: Message): boolean {
    const target = queue.settings.redrive?.deadLetterTargetArn ?? "";
    const deadLetterQueue = this.#queues.get(target.slice(target.lastIndexOf(":") + 1));
    deadLetterQueue?.put({ ...message, visibleAtMs: this.#options.clock.nowMs, deadLetterSourceArn: queue.arn });
    return deadLetterQueue !== undefined;
  }

  #delete(queue: Queue, input: Input): undefined {
    queue.delete(messageIdOf(requiredString(input, "ReceiptHandle")));
  }

  #changeVisibility(queue: Queue, input: Input): undefined {
    const handle = requiredString(input, "ReceiptHandle");
    const message = queue.find(messageIdOf(handle));
    const { nowMs } = this.#options.clock;
    if (input["VisibilityTimeout"] === undefined) requiredString(input, "VisibilityTimeout");
    const seconds = integer(input, "VisibilityTimeout", 0, 43_200, 0);
    if (!message || message.visibleAtMs <= nowMs) {
      throw new AwsError(
        "InvalidParameterValue",
        `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not ` +
          "available for visibility timeout change.",
      );
    }
    message.visibleAtMs = nowMs + seconds * 1000;
    queue.put(message);
  }

  #attributes(input: Input): unknown {
    const asked = (input["AttributeNames"] ?? []) as readonly string[];
    const attributes = queueAttributes(this.#queueOf(input), asked);
    return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
  }

  #list(input: Input): unknown {
    const prefix = (input["QueueNamePrefix"] ?? "") as string;
    const urls = [...this.#queues.values()].filter(({ name }) => name.startsWith(prefix)).map(({ url }) => url);
    return urls.length === 0 ? {} : { QueueUrls: urls };
  }

  #purge(queue: Queue): undefined {
    if (this.#options.clock.nowMs - queue.purgedAtMs < purgeIntervalMs) {
      throw new AwsError(
        "PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        403,
      );
    }
    queue.purge();
  }
}

/** AWS gives the unique id of the user or role; here it is the principal's own name. */
function senderId({ principal }: Caller): string {
  if (principal.kind === "role") return principal.arn;
  return principal.kind === "service" ? principal.service : account;
}
