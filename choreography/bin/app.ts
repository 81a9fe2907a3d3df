// What the CDK CLI runs: see `cdk.json`.
import { choreographyApp } from "../src/app.ts";

choreographyApp().synth();
