import { stepNames } from "@ovsc/shared";
import { dependencies, type Variant } from "@ovsc/shared/variant";
import { forward } from "./calls.ts";
import { connect } from "./coordination.ts";
import { differences } from "./differences.ts";
import { flow } from "./flow.ts";

/** The steps that are started, and that nobody waits for. */
const undoing = stepNames.filter((step) => !forward.includes(step));

/** The chain: each function calls the next and waits, and so does the client. */
export const variant: Variant = {
  name: "chain",
  description: "Each function calls the next and waits for it, and so does the client.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-chain",
  app: async (props) => (await import("./app.ts")).chainApp(props),
  connect,
  clientWaits: "the first function answers when the last has answered",
  // It has no bus, and so no rules.
  dependsOn: dependencies.filter((each) => each !== "event-bus" && each !== "rule-target"),
  // Whoever is waited for comes from no queue.
  onlyIn: { "lambda-queue": undoing, "failure-destination": undoing },
  flow,
  differs: differences,
};
