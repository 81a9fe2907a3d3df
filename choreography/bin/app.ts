// What the CDK CLI runs: `cdk deploy --app "node bin/app.ts"`.
import { choreographyApp } from "../src/app.ts";

choreographyApp().synth();
