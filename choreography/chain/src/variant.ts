import { dependencies, type Variant } from "@ovsc/shared/variant";
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
  // It has no bus, and so no rules.
  dependsOn: dependencies.filter((each) => each !== "event-bus" && each !== "rule-target"),
  flow,
  differs: [
    {
      kinds: ["fail-before", "fail-after", "time-out", "out-of-memory"],
      ends: ["SHIPPED", "INVENTORY_RELEASED"],
      because:
        "nobody retries a function that somebody waits for: its caller takes back what was done, " +
        "and where the first one is killed, the sweeper finds the order",
      source: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html (2026-11-21)",
    },
  ],
};
