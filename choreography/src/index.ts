export { rules } from "./rules.ts";
export { ChoreographyStack } from "./stack.ts";
