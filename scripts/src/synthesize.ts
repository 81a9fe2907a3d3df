import { fileURLToPath } from "node:url";
import { choreographyApp } from "@ovsc/choreography";
import { orchestrationApp } from "@ovsc/orchestration";
import type { Target } from "./target.ts";
import type { Variant } from "./variant.ts";

const apps = { choreography: choreographyApp, orchestration: orchestrationApp };

/** Synthesizes a variant's CDK app. @returns the folder of its cloud assembly, `<variant>/cdk.out` */
export function synthesize(variant: Variant, context: Readonly<Record<string, unknown>> = {}): string {
  // Validation reports cost 0.9 s a synth and say nothing of templates that are loaded and run right after.
  process.env["CDK_VALIDATION"] ??= "false";
  const outdir = fileURLToPath(new URL(`../../${variant}/cdk.out`, import.meta.url));
  apps[variant]({ outdir, context: { ...context } }).synth();
  return outdir;
}

/** As `synthesize`, for where it is to be deployed: an emulator, which cannot speed up time, gets short retry delays. */
export const synthesizeFor = (variant: Variant, target: Target): string =>
  synthesize(variant, target.kind === "localstack" ? { retryDelaySeconds: 1 } : {});
