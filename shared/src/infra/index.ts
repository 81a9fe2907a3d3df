export { SagaAlarms } from "./alarms.ts";
export { bundled } from "./bundle.ts";
export { ClientRole } from "./client-role.ts";
export { DeadLetters } from "./dead-letters.ts";
export { OrderTable } from "./order-table.ts";
export { retryBudgetOf } from "./retry-profile.ts";
export { SagaFunction, type SagaFunctionProps } from "./saga-function.ts";
export { StepHandlers } from "./step-handlers.ts";
export { Sweeper } from "./sweeper.ts";
