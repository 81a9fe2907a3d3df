import type { Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { flow } from "./flow.ts";

/** The chain: each function calls the next and waits, and so does the client. */
export const variant: Variant = {
  name: "chain",
  description: "Each function calls the next and waits for it, and so does the client.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-chain",
  app: async (props) => (await import("./app.ts")).chainApp(props),
  connect,
  dependsOn: [
    "table",
    "order-table",
    "inventory",
    "payment-gateway",
    "carrier",
    "lambda",
    "lambda-queue",
    "failure-destination",
  ],
  flow,
};
