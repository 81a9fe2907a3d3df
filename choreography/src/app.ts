import { App, type AppProps } from "aws-cdk-lib";
import { ChoreographyStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone, to eu-west-2 or the Region in the context. */
export function choreographyApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new ChoreographyStack(app, "ovsc-choreography", {
    env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "choreography" },
  });
  return app;
}
