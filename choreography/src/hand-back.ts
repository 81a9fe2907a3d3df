import { EventBridgeClient, ListTargetsByRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { InvocationRecord } from "@ovsc/shared/aws";
import type { DeployedStack, Remedy } from "@ovsc/shared/variant";

/** Hands back this many times ten messages at the most; what is left waits for the next time. */
const mostReads = 100;
/** How long a message that was read is kept from other readers, in seconds: longer than it takes to hand it back. */
const hiddenSeconds = 60;

/** Where a dead letter was to go, and what it was to say there. */
interface Undelivered {
  readonly functionArn: string;
  /** JSON text. */
  readonly payload: string;
}

/**
 * Hands dead letters back: each goes to the function that it was meant for, asynchronously as at first, and leaves the
 * queue once Lambda has taken it. SQS's own redrive moves messages back to a source queue, which rules and
 * functions do not have.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html (2026-11-21)
 */
export function handBack({ outputs, client }: Pick<DeployedStack, "outputs" | "client">): Remedy {
  const QueueUrl = outputs["DeadLetterQueueUrl"]!;
  const queues = client(SQSClient, { useQueueUrlAsEndpoint: false });
  const functions = client(LambdaClient);
  const events = client(EventBridgeClient);

  async function handOne(message: Message): Promise<string> {
    const undelivered = await undeliveredIn(message, events);
    if (typeof undelivered === "string") return `left message ${message.MessageId} on the queue: ${undelivered}`;
    const { functionArn: FunctionName, payload: Payload } = undelivered;
    await functions.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
    await queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return `handed message ${message.MessageId} back to ${FunctionName.split(":")[6]}`;
  }

  return {
    does: "hands the orders' dead letters back to the functions that they were meant for",
    async apply({ placed }) {
      const done: string[] = [];
      for (let read = 0; read < mostReads; read += 1) {
        const { Messages = [] } = await queues.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: hiddenSeconds,
            MessageAttributeNames: ["All"],
          }),
        );
        if (Messages.length === 0) break;
        const about = Messages.filter(({ Body = "" }) => placed.some(({ placementId }) => Body.includes(placementId)));
        for (const message of about) done.push(await handOne(message));
      }
      return done;
    },
  };
}

/** @returns why a message cannot be handed back, where it cannot */
async function undeliveredIn(
  { Body = "", MessageAttributes = {} }: Message,
  events: EventBridgeClient,
): Promise<Undelivered | string> {
  const ruleArn = MessageAttributes["RULE_ARN"]?.StringValue;
  const targetArn = MessageAttributes["TARGET_ARN"]?.StringValue;
  if (ruleArn && targetArn) return ofRule({ ruleArn, targetArn, body: Body }, events);
  const { requestContext, requestPayload } = JSON.parse(Body) as Partial<InvocationRecord<object>>;
  if (!requestContext || !requestPayload) return "it names neither a rule's target nor a function";
  return { functionArn: unqualified(requestContext.functionArn), payload: JSON.stringify(requestPayload) };
}

/** The dead letter of a rule is the event as it was; its target gets the part that the rule's input path names. */
async function ofRule(
  { ruleArn, targetArn, body }: { ruleArn: string; targetArn: string; body: string },
  events: EventBridgeClient,
): Promise<Undelivered | string> {
  const [, bus, rule] = ruleArn.split("/");
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ EventBusName: bus, Rule: rule }));
  const target = Targets.find(({ Arn }) => Arn === targetArn);
  if (!target) return `rule ${rule} no longer has the target ${targetArn}`;
  const { InputPath = "$", InputTransformer, Input } = target;
  if (InputTransformer || Input !== undefined) return `rule ${rule} makes its target's input anew`;
  if (InputPath === "$") return { functionArn: targetArn, payload: body };
  const [, field] = /^\$\.(\w+)$/.exec(InputPath) ?? [];
  if (!field) return `rule ${rule} takes ${InputPath} of its event`;
  const part = (JSON.parse(body) as Readonly<Record<string, unknown>>)[field];
  return { functionArn: targetArn, payload: JSON.stringify(part) };
}

const unqualified = (functionArn: string): string => functionArn.split(":").slice(0, 7).join(":");
