import { dependencies, type Variant } from "@ovsc/shared/variant";
import { connect } from "./coordination.ts";
import { flow } from "./flow.ts";

/** The choreography: services react to events on a bus, and nobody is in charge. */
export const variant: Variant = {
  name: "choreography",
  description: "Services react to events on a bus, and nobody is in charge.",
  module: import.meta.url,
  folder: new URL("..", import.meta.url).href,
  stackName: "ovsc-choreography",
  app: async (props) => (await import("./app.ts")).choreographyApp(props),
  connect,
  dependsOn: dependencies,
  flow,
  cloudsMayDiffer: [
    {
      scenario: "submitted-twice",
      field: /^\d+\.(invocations|events)/,
      because: "the second submission finds the order as far as the first has come by then, which no cloud promises",
    },
  ],
};
