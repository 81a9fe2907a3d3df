import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Variant } from "../variant.ts";
import type { Remote } from "./target.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** How long an assembly that nobody asked for again is kept, in milliseconds. */
const keptMs = 24 * 60 * 60_000;

/**
 * Synthesizes a variant's CDK app, unless that was done before from the very same source.
 * @returns the folder of its cloud assembly, `<variant>/cdk.out/<hash of the source>`
 */
export async function synthesize(variant: Variant, context: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const out = join(root, variant, "cdk.out");
  const assembly = join(out, hashOfSource(variant, context));
  if (existsSync(assembly)) {
    const now = new Date();
    utimesSync(assembly, now, now);
    return assembly;
  }
  mkdirSync(out, { recursive: true });
  prune(out);
  // Several processes may do this at once: each in a folder of its own, and the first to be done gives it its name.
  const draft = mkdtempSync(join(out, "draft-"));
  await synthesizeInto(draft, variant, context);
  try {
    renameSync(draft, assembly);
  } catch (error) {
    if (!existsSync(assembly)) throw error;
    rmSync(draft, { recursive: true });
  }
  return assembly;
}

/** As `synthesize`, for where it is to be deployed: an emulator, which cannot speed up time, gets short retry delays. */
export const synthesizeFor = (variant: Variant, target: Remote): Promise<string> =>
  synthesize(variant, { region: target.region, ...(target.kind === "localstack" && { retryDelaySeconds: 1 }) });

/** Synthesizes a variant's CDK app into a folder, whatever was done before. */
export async function synthesizeInto(
  outdir: string,
  variant: Variant,
  context: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  // Validation reports cost 0.9 s a synth and say nothing of templates that are loaded and run right after.
  process.env["CDK_VALIDATION"] ??= "false";
  // The CDK takes half a second to load, so only those who need it do.
  const props = { outdir, context: { ...context } };
  if (variant === "choreography") (await import("@ovsc/choreography")).choreographyApp(props).synth();
  else (await import("@ovsc/orchestration")).orchestrationApp(props).synth();
}

/** Of everything that goes into an assembly: the variant's own source, what it shares, its dependencies, its settings. */
function hashOfSource(variant: Variant, context: Readonly<Record<string, unknown>>): string {
  const hash = createHash("sha256").update(JSON.stringify(context));
  for (const file of globSync(["pnpm-lock.yaml", `{shared,${variant}}/src/**/*.ts`], { cwd: root }).toSorted()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

function prune(out: string): void {
  for (const name of readdirSync(out)) {
    const folder = join(out, name);
    if (Date.now() - statSync(folder).mtimeMs > keptMs) rmSync(folder, { recursive: true, force: true });
  }
}
