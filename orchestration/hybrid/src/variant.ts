import type { Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { differences } from "./differences.ts";
import { flow } from "./flow.ts";

/** The hybrid: a state machine calls the steps, and whoever wants to know hears of it on a bus. */
export const variant: Variant = {
  name: "hybrid",
  description: "A state machine calls the steps, and whoever wants to know hears of it on a bus.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-hybrid",
  app: async (props) => (await import("./app.ts")).hybridApp(props),
  connect,
  // Listeners hang on rules and queues too. No order waits for them.
  dependsOn: ["table", "order-table", "inventory", "payment-gateway", "carrier", "lambda", "event-bus"],
  flow,
  differs: differences,
};
