import { executionTimeout, retryBudgets } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";

/** Where an order of the workflow as code comes to its end only by the sweeper. */
export const differences: readonly Difference[] = [
  {
    keptSeconds: executionTimeout(retryBudgets.equal),
    profile: "equal",
    ends: ["SHIPPED", "INVENTORY_FAILED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"],
    swept: true,
    because: "Lambda invokes a throttled step again for as long as the execution may run, which hears nothing of it",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk-retries.html (2026-11-21)",
  },
];
