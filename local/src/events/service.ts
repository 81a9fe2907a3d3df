import type { ServiceDescriptor } from "../descriptor.ts";
import { eventsPutEvents } from "../states/integrations/messages.ts";
import { calledBack } from "../states/integrations/task-integrations.ts";
import { eventsActions, eventsConditionValues } from "./actions.ts";
import { forwarded } from "./delivery/forwarded.ts";
import { EventBridge } from "./event-bridge.ts";
import { eventResources } from "./resources.ts";

/** Amazon EventBridge as the rest of the cloud meets it; a bus may be the target of another's rule. */
export const eventsService: ServiceDescriptor = {
  name: "events",
  protocol: { kind: "AWS JSON", version: "1.1", target: "AWSEvents" },
  actions: eventsActions,
  eventTarget: {
    operation: "PutEvents",
    usesRole: true,
    input: ({ event, targetArn }) => forwarded(event, targetArn),
  },
  invocationDestination: {
    operation: "PutEvents",
    input: ({ destinationArn, record, condition, functionArn }) => ({
      Entries: [
        {
          EventBusName: destinationArn,
          Source: "lambda",
          DetailType: `Lambda Function Invocation Result - ${condition === "Success" ? "Success" : "Failure"}`,
          Detail: record,
          Resources: [destinationArn, functionArn],
        },
      ],
    }),
  },
  tasks: {
    sdk: { id: "eventbridge", name: "EventBridge" },
    optimized: { putEvents: [eventsPutEvents, calledBack] },
  },
  open(kernel) {
    const service = new EventBridge(kernel);
    const [resources, reset] = [eventResources(service), () => service.reset()];
    return { service, resources, conditionValues: eventsConditionValues, reset };
  },
};
