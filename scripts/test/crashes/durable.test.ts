import { variantNamed } from "../../src/variants.ts";
import { describeCrashes } from "./crashes.ts";

describeCrashes(variantNamed("durable"));
