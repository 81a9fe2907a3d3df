import type { Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { flow } from "./flow.ts";

/** The orchestration: a state machine calls the steps, and knows where each order is. */
export const variant: Variant = {
  name: "orchestration",
  description: "A state machine calls the steps, and knows where each order is.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-orchestration",
  app: async (props) => (await import("./app.ts")).orchestrationApp(props),
  connect,
  dependsOn: ["table", "order-table", "inventory", "payment-gateway", "carrier", "lambda"],
  flow,
};
