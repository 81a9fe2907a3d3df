// What the CDK CLI runs: see `cdk.json`.
import { chainApp } from "../src/app.ts";

chainApp().synth();
