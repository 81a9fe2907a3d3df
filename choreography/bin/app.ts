import { App } from "aws-cdk-lib";
import { ChoreographyStack } from "../src/stack.ts";

const app = new App({ analyticsReporting: false });
new ChoreographyStack(app, "ovsc-choreography", {
  env: { region: process.env["AWS_REGION"] ?? "eu-west-2" },
  tags: { project: "order-saga", variant: "choreography" },
});
app.synth();
