import type { ServiceDescriptor } from "../descriptor.ts";
import { statesActions } from "./actions.ts";
import { startExecution } from "./integrations/start-execution.ts";
import { stateMachineResources } from "./resources.ts";
import { StepFunctions } from "./step-functions.ts";

/** AWS Step Functions as the rest of the cloud meets it. */
export const statesService: ServiceDescriptor = {
  name: "states",
  protocol: { kind: "AWS JSON", version: "1.0", target: "AWSStepFunctions" },
  actions: statesActions,
  entries: { StartExecution: "input", StartSyncExecution: "input" },
  eventTarget: {
    operation: "StartExecution",
    usesRole: true,
    input: ({ targetArn, text }) => ({ stateMachineArn: targetArn, input: text }),
  },
  tasks: {
    sdk: { id: "sfn", name: "Sfn", smallMembers: true },
    optimized: {
      startExecution: [startExecution, ["requestResponse", "waitForTaskToken", "sync", "sync:2"]],
    },
  },
  open(kernel) {
    const service = new StepFunctions(kernel);
    return { service, resources: stateMachineResources(service), reset: () => service.reset() };
  },
};
