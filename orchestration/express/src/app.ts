import { App, type AppProps } from "aws-cdk-lib";
import { ExpressStack } from "./stack.ts";
import { nameOf, stackNameOf, type Start } from "./start.ts";

/** The CDK app: a stack for each way to start, which deploys alone, to eu-west-2 or the Region in the context. */
export function expressApp(starts: readonly Start[], props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  for (const start of starts) {
    new ExpressStack(app, stackNameOf(start), {
      start,
      env: { region: (app.node.tryGetContext("region") as string | undefined) ?? "eu-west-2" },
      tags: { project: "order-saga", variant: nameOf(start) },
    });
  }
  return app;
}
