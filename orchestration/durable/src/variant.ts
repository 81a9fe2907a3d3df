import type { Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { differences } from "./differences.ts";
import { flow } from "./flow.ts";

/** The workflow as code: a durable function invokes the steps. */
export const variant: Variant = {
  name: "durable",
  description: "A durable function invokes the steps, and Lambda remembers how far it came.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-durable",
  app: async (props) => (await import("./app.ts")).durableApp(props),
  connect,
  dependsOn: ["table", "order-table", "inventory", "payment-gateway", "carrier", "lambda"],
  flow,
  differs: differences,
  notOnLocalStack: "it knows no durable functions",
};
