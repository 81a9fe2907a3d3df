import { App, type AppProps } from "aws-cdk-lib";
import { ChainStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone, to eu-west-2 or the Region in the context. */
export function chainApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new ChainStack(app, "ovsc-chain", {
    env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "chain" },
  });
  return app;
}
