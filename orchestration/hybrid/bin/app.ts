// What the CDK CLI runs: see `cdk.json`.
import { hybridApp } from "../src/app.ts";

hybridApp().synth();
