import { App, type AppProps } from "aws-cdk-lib";
import { HybridStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone, to eu-west-2 or the Region in the context. */
export function hybridApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new HybridStack(app, "ovsc-hybrid", {
    env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "hybrid" },
  });
  return app;
}
