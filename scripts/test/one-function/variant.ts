import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import { stepsIn, storyInLogs, type Variant } from "@ovsc/shared/variant";

/** The least that a variant can be: one function runs every step in its process, and is started by Invoke. */
export const variant: Variant = {
  name: "one-function",
  description: "One function runs every step in its process.",
  module: import.meta.url,
  folder: new URL(".", import.meta.url).href,
  stackName: "ovsc-one-function",
  dependsOn: ["table", "order-table", "inventory", "payment-gateway", "carrier", "lambda", "lambda-queue"],
  app: async (props) => (await import("./app.ts")).oneFunctionApp(props),
  connect({ outputs, asClient, logs, now }) {
    const lambda = asClient.client(LambdaClient);
    return {
      async place(placement) {
        await writePlacement(asClient.table, placement, now);
        const Payload = JSON.stringify(refOf(placement));
        await lambda.send(
          new InvokeCommand({ FunctionName: outputs["FunctionName"], InvocationType: "Event", Payload }),
        );
      },
      hasEnded: () => Promise.reject(new Error("runs in the embedded cloud alone, whose clock tells")),
      ending: async () => undefined,
      published: async () => undefined,
      usage: async () => ({ events: 0, stateTransitions: 0 }),
      deadLetters: async () => [],
      remedies: {},
      history: async () => ({}),
      story: async (placed) => storyInLogs(await logs(placed)),
    };
  },
  flow(template) {
    type Config = { readonly FunctionName: unknown; readonly DestinationConfig?: unknown };
    const arrows = Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === "AWS::Lambda::EventInvokeConfig")
      .flatMap(([heldBy, { Properties }]) => {
        const { FunctionName, DestinationConfig } = Properties as Config;
        const [from] = stepsIn(FunctionName, template);
        return stepsIn(DestinationConfig, template).map((to) => ({ from: from!, to, heldBy }));
      });
    const written = { file: "app.ts", line: /onFailure: / };
    return {
      nodes: [
        { id: "Client", kind: "source" },
        ...[...new Set(["Forward", ...arrows.map(({ to }) => to)])].map((id) => ({ id, kind: "step" as const })),
      ],
      edges: [
        { from: "Client", to: "Forward", kind: "call", heldBy: "Forward", seenAs: { invoked: "Forward" }, written },
        ...arrows.map((arrow) => ({ ...arrow, kind: "failure" as const, seenAs: { invoked: arrow.to }, written })),
      ],
      rejoins: [],
    };
  },
};
