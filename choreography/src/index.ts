export { choreographyApp } from "./app.ts";
export { type Rule, rules } from "./rules.ts";
export { ChoreographyStack } from "./stack.ts";
