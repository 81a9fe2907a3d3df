import { App, type AppProps } from "aws-cdk-lib";
import { ChoreographyStack } from "./stack.ts";

/** The CDK app of this variant: one stack, which deploys alone. */
export function choreographyApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  new ChoreographyStack(app, "ovsc-choreography", {
    env: { region: process.env["AWS_REGION"] ?? "eu-west-2" },
    tags: { project: "order-saga", variant: "choreography" },
  });
  return app;
}
