import { describeCrashes } from "./crashes.ts";

describeCrashes("choreography");
