/** What the saga depends on and what may therefore fail. A variant says which of these it has. */
export const dependencies = [
  /** Every row of the one table: the four that follow. */
  "table",
  "order-table",
  "inventory",
  "payment-gateway",
  "carrier",
  "lambda",
  "lambda-queue",
  "failure-destination",
  "event-bus",
  "rule-target",
] as const;
export type Dependency = (typeof dependencies)[number];
