import type { ServiceDescriptor } from "../descriptor.ts";
import { lambdaInvoke } from "../states/integrations/lambda.ts";
import { calledBack } from "../states/integrations/task-integrations.ts";
import { readLambdaRest } from "../wire/lambda-rest.ts";
import { lambdaActions } from "./actions.ts";
import { Lambda } from "./lambda.ts";
import { lambdaResources } from "./resources.ts";

/** AWS Lambda as the rest of the cloud meets it. */
export const lambdaService: ServiceDescriptor = {
  name: "lambda",
  protocol: { kind: "paths", read: readLambdaRest },
  actions: lambdaActions,
  entries: { Invoke: "Payload" },
  eventTarget: {
    operation: "Invoke",
    usesRole: false,
    input: ({ targetArn, text }) => ({ FunctionName: targetArn, InvocationType: "Event", Payload: text }),
  },
  invocationDestination: {
    operation: "Invoke",
    input: ({ destinationArn, record }) => ({
      FunctionName: destinationArn,
      InvocationType: "Event",
      Payload: record,
    }),
  },
  tasks: { sdk: { id: "lambda", name: "Lambda" }, optimized: { invoke: [lambdaInvoke, calledBack] } },
  open(kernel) {
    const service = new Lambda(kernel);
    return {
      service,
      activity: service,
      resources: lambdaResources(service),
      reset: () => service.reset(),
      clear: () => service.clear(),
    };
  },
};
