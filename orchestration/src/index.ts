export { OrchestrationStack } from "./stack.ts";
