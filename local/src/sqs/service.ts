import type { ServiceDescriptor } from "../descriptor.ts";
import { UnknownFeature } from "../errors.ts";
import { sqsSendMessage } from "../states/integrations/messages.ts";
import { calledBack } from "../states/integrations/task-integrations.ts";
import { sqsActions } from "./actions.ts";
import { sqsQueryError } from "./query-error.ts";
import { queueUrlOf } from "./queue-url.ts";
import { sqsResources } from "./resources.ts";
import { Sqs } from "./sqs.ts";

/** Amazon SQS as the rest of the cloud meets it. */
export const sqsService: ServiceDescriptor = {
  name: "sqs",
  protocol: {
    kind: "AWS JSON",
    version: "1.0",
    target: "AmazonSQS",
    errorHeaders: (error) => ({ "x-amzn-query-error": sqsQueryError(error) }),
  },
  actions: sqsActions,
  entries: { SendMessage: "MessageBody" },
  eventTarget: {
    operation: "SendMessage",
    usesRole: false,
    input: ({ targetArn, text }) => ({ QueueUrl: queueUrlOf(targetArn), MessageBody: text }),
    check(targetArn, where) {
      if (targetArn.endsWith(".fifo")) throw new UnknownFeature("FIFO queues", where);
    },
  },
  invocationDestination: {
    operation: "SendMessage",
    input: ({ destinationArn, record }) => ({ QueueUrl: queueUrlOf(destinationArn), MessageBody: record }),
  },
  tasks: { sdk: { id: "sqs", name: "Sqs" }, optimized: { sendMessage: [sqsSendMessage, calledBack] } },
  open(kernel) {
    const service = new Sqs(kernel);
    return { service, resources: sqsResources(service), reset: () => service.reset() };
  },
};
