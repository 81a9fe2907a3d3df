// What the CDK CLI runs: see `cdk.json`.
import { durableApp } from "../src/app.ts";

durableApp().synth();
