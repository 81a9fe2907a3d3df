// What the CDK CLI runs: see `cdk.json`.
import { orchestrationApp } from "../src/app.ts";

orchestrationApp().synth();
