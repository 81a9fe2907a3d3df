export { orchestrationApp } from "./app.ts";
export { OrchestrationStack, stateMachineName } from "./stack.ts";
