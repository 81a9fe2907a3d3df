import { App, type AppProps } from "aws-cdk-lib";
import { OrchestrationStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone, to eu-west-2 or the Region in the context. */
export function orchestrationApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new OrchestrationStack(app, "ovsc-orchestration", {
    env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "orchestration" },
  });
  return app;
}
