// What the CDK CLI runs: `cdk deploy --app "node bin/app.ts"`.
import { orchestrationApp } from "../src/app.ts";

orchestrationApp().synth();
