import { App } from "aws-cdk-lib";
import { OrchestrationStack } from "../src/stack.ts";

const app = new App({ analyticsReporting: false });
new OrchestrationStack(app, "ovsc-orchestration", {
  env: { region: process.env["AWS_REGION"] ?? "eu-west-2" },
  tags: { project: "order-saga", variant: "orchestration" },
});
app.synth();
