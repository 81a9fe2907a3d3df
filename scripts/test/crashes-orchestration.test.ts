import { describeCrashes } from "./crashes.ts";

describeCrashes("orchestration");
