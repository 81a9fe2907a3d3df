import { App, type AppProps } from "aws-cdk-lib";
import { DurableStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone, to eu-west-2 or the Region in the context. */
export function durableApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new DurableStack(app, "ovsc-durable", {
    env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "durable" },
  });
  return app;
}
