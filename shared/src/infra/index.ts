export { bundled } from "./bundle.ts";
export { OrderTable } from "./order-table.ts";
export { StepHandlers } from "./step-handlers.ts";
