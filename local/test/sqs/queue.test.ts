import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import { noTrace } from "../../src/history.ts";
import { account, Ids } from "../../src/identity.ts";
import { sqsResources } from "../../src/sqs/resources.ts";
import { Sqs } from "../../src/sqs/sqs.ts";

const startMs = Date.UTC(2026, 0, 1);
const url = (name: string) => `https://sqs.eu-west-2.amazonaws.com/${account}/${name}`;
const entries = (...ids: string[]) => ({ Entries: ids.map((Id) => ({ Id, MessageBody: "a" })) });
type Message = {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: object;
};

function queues(properties: Record<string, object> = { orders: {} }) {
  const clock = new VirtualClock(inOrder, startMs);
  const happenings: object[] = [];
  const history = { record: (_trace: object, details: object) => void happenings.push(details) };
  const sqs = new Sqs({ clock, history, ids: new Ids(), region: "eu-west-2" });
  const [queue] = sqsResources(sqs);
  for (const [QueueName, given] of Object.entries(properties)) {
    queue!.create(queue!.properties.parse({ QueueName, ...given }), {
      stackName: "s",
      logicalId: "Q",
      asset: () => "",
    });
  }
  const call = (operation: string, input: object = {}, name = "orders") =>
    sqs.call(operation, { QueueUrl: url(name), ...input }, { principal: { kind: "operator" }, trace: noTrace });
  const receive = (input: object = {}, name = "orders") =>
    (call("ReceiveMessage", input, name) as { Messages?: Message[] }).Messages ?? [];
  const wait = async (ms: number) => {
    clock.schedule(ms, () => {});
    await clock.run();
  };
  return { sqs, clock, happenings, call, receive, wait, queue: queue! };
}

describe("a message", () => {
  test("carries the MD5 digests that the SDK checks", () => {
    const { call, receive, happenings } = queues();
    const MessageAttributes = { kind: { DataType: "String", StringValue: "test" } };
    const sent = call("SendMessage", { MessageBody: "hello", MessageAttributes }) as { MessageId: string };
    expect(sent).toEqual({
      MessageId: "9e3779b1-0000-4000-8000-000000000001",
      MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592",
      MD5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(receive({ MessageAttributeNames: ["All"] })).toMatchObject([{ Body: "hello", MessageAttributes }]);
    expect(happenings).toEqual([
      { type: "MessageSent", queue: "orders", messageId: sent.MessageId, body: "hello", bytes: 5 + 14 },
    ]);
  });

  test("is invisible while in flight, and comes back when its timeout ends", async () => {
    const { call, receive, wait } = queues();
    call("SendMessage", { MessageBody: "a" });
    expect(receive({ VisibilityTimeout: 10 })).toHaveLength(1);
    await wait(9_999);
    expect(receive()).toEqual([]);
    await wait(1);
    expect(receive({ AttributeNames: ["All"] })).toMatchObject([
      { Attributes: { ApproximateReceiveCount: "2", SentTimestamp: String(startMs) } },
    ]);
  });

  test("comes back at once when its visibility is set to 0, and never once it is deleted", () => {
    const { call, receive } = queues();
    call("SendMessage", { MessageBody: "a" });
    const [{ ReceiptHandle } = { ReceiptHandle: "" }] = receive();
    call("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 0 });
    const [again] = receive();
    call("DeleteMessage", { ReceiptHandle: again!.ReceiptHandle });
    expect(() => call("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 0 })).toThrow(
      "Message does not exist",
    );
    expect(receive()).toEqual([]);
  });

  test("waits out its delay, and expires when retention ends", async () => {
    const { call, receive, wait } = queues({ orders: { DelaySeconds: 5, MessageRetentionPeriod: 60 } });
    call("SendMessage", { MessageBody: "a" });
    expect(call("GetQueueAttributes", { AttributeNames: ["ApproximateNumberOfMessagesDelayed"] })).toEqual({
      Attributes: { ApproximateNumberOfMessagesDelayed: "1" },
    });
    await wait(5000);
    expect(receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    await wait(55_001);
    expect(receive()).toEqual([]);
  });

  test("moves to the dead-letter queue when it was received too often", () => {
    const deadLetterTargetArn = `arn:aws:sqs:eu-west-2:${account}:dead`;
    const { call, receive } = queues({
      orders: { RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 2 } },
      dead: {},
    });
    const { MessageId } = call("SendMessage", { MessageBody: "a" }) as Message;
    for (let time = 0; time < 2; time++) expect(receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(receive()).toEqual([]);
    const source = { DeadLetterQueueSourceArn: `arn:aws:sqs:eu-west-2:${account}:orders` };
    expect(receive({ MessageSystemAttributeNames: ["All"] }, "dead")).toMatchObject([
      { MessageId, Attributes: source },
    ]);
  });
});

describe("a long poll", () => {
  test("is answered as soon as a message is there", async () => {
    const { call, clock } = queues();
    const answer = call("ReceiveMessage", { WaitTimeSeconds: 20 }) as Promise<unknown>;
    clock.schedule(3000, () => void call("SendMessage", { MessageBody: "late" }));
    await clock.run();
    expect(clock.nowMs).toBe(startMs + 3000);
    expect(await answer).toMatchObject({ Messages: [{ Body: "late" }] });
  });

  test("is answered empty when its time is over", async () => {
    const { call, clock } = queues();
    const answer = call("ReceiveMessage", { WaitTimeSeconds: 20 });
    await clock.run();
    expect(await answer).toEqual({});
    expect(clock.nowMs).toBe(startMs + 20_000);
  });
});

describe("a batch", () => {
  test("fails entry by entry", () => {
    const answer = queues().call("SendMessageBatch", {
      Entries: [
        { Id: "1", MessageBody: "a" },
        { Id: "2", MessageBody: "b", DelaySeconds: 901 },
      ],
    });
    expect(answer).toMatchObject({
      Successful: [{ Id: "1", MD5OfMessageBody: expect.any(String) as string }],
      Failed: [{ Id: "2", SenderFault: true, Code: "InvalidParameterValue" }],
    });
  });

  test("has 1 to 10 entries of different ids", () => {
    const { call } = queues();
    expect(() => call("SendMessageBatch", entries())).toThrow("at least one");
    expect(() => call("SendMessageBatch", entries("1", "1"))).toThrow("Id 1 repeated.");
    expect(() => call("SendMessageBatch", entries(...Array.from("abcdefghijk")))).toThrow(
      "Maximum number of entries per request are 10. You have sent 11.",
    );
  });
});

test("a queue has the names CloudFormation gives, and its counts", () => {
  const { call, receive, queue } = queues();
  const created = queue.create(queue.properties.parse({}), { stackName: "orders", logicalId: "Dead", asset: () => "" });
  expect(created).toMatchObject({
    ref: `https://sqs.eu-west-2.amazonaws.com/${account}/orders-Dead`,
    attributes: { Arn: `arn:aws:sqs:eu-west-2:${account}:orders-Dead`, QueueName: "orders-Dead" },
  });
  for (const MessageBody of ["a", "b", "c"]) call("SendMessage", { MessageBody });
  receive({ MaxNumberOfMessages: 2 });
  expect(call("GetQueueAttributes", { AttributeNames: ["All"] })).toMatchObject({
    Attributes: {
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesNotVisible: "2",
      VisibilityTimeout: "30",
      MaximumMessageSize: "1048576",
    },
  });
  call("PurgeQueue");
  expect(receive()).toEqual([]);
  expect(() => call("PurgeQueue")).toThrow("every 60 seconds");
});

test("what is not there, or not known, is refused by name", () => {
  const { call, queue } = queues();
  expect(() => call("ReceiveMessage", {}, "nowhere")).toThrow(
    expect.objectContaining({ code: "QueueDoesNotExist" }) as Error,
  );
  expect(() => call("SendMessage", { MessageBody: "a", MessageGroupId: "g" })).toThrow(
    "does not know the parameter MessageGroupId",
  );
  expect(() => call("CreateQueue")).toThrow("does not know the operation CreateQueue");
  expect(queue.properties.safeParse({ FifoQueue: true }).success).toBe(false);
});
