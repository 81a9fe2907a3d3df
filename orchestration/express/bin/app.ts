// What the CDK CLI runs: see `cdk.json`.
import { expressApp } from "../src/app.ts";
import { starts } from "../src/start.ts";

expressApp(starts).synth();
