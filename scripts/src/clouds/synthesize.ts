import { createHash, type Hash } from "node:crypto";
import { existsSync, globSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Profile, StepName } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import type { Template, Variant } from "@ovsc/shared/variant";
import type { Plugin } from "esbuild";
import { kept } from "./kept.ts";
import type { Remote } from "./target.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The CDK context that an app is synthesized with. */
export interface Context {
  /** `equal` if not given. */
  readonly profile?: Profile;
  readonly region?: string;
  readonly retryDelaySeconds?: number;
  /** Orders above this wait for a person. */
  readonly approvalAboveCents?: number;
  /** The durable workflow runs the steps itself. */
  readonly steps?: "in-process";
  /** The chain's function of this step is given less time than whom it waits for. */
  readonly shorterCaller?: StepName;
  /** A folder of bundles that were made before, from the very same source. */
  readonly bundles?: string;
}

/**
 * Synthesizes a variant's CDK app, unless that was done before from the very same source.
 * @returns the folder of its cloud assembly, `cdk.out/<hash of the source>` in the folder of the variant
 */
export const synthesize = (variant: Variant, context: Context = {}): Promise<string> =>
  kept(outOf(variant), hashOfSource(variant, context), (draft) =>
    // In another context most of an assembly's time would go into the very same bundle.
    synthesizeInto(draft, variant, { ...context, bundles: join(outOf(variant), hashOfSource(variant, bundles)) }),
  );

const bundles = { what: "bundles" };

/** What of it a person asks for when he deploys; the target says the rest. */
export type DeployedContext = Omit<Context, "region" | "retryDelaySeconds" | "bundles">;

/** How a cloud assembly differs from the one that is deployed. */
export interface Change extends Context {
  /** Its handlers are bundled with the thin SDK, for exploration. */
  readonly thin: boolean;
  /** What else goes into the bundle. */
  readonly plugins: readonly Plugin[];
  /** Changes the files of a copy of the assembly. */
  readonly amend: (folder: string) => void;
  /** Tells this change from every other. */
  readonly key: unknown;
  /** Folder of the code, where it was bundled already: see `bundleTogether`. */
  readonly code?: string | undefined;
}

/**
 * A copy of a variant's cloud assembly with a change: its handlers are bundled from the same source.
 * @returns the folder of the copy
 */
export async function synthesizeChanged(
  variant: Variant,
  { thin, plugins, amend, key, code, ...context }: Change,
): Promise<string> {
  const deployed = await (thin ? synthesizeWithoutCode : synthesize)(variant, context);
  return kept(outOf(variant), hashOfSource(variant, { ...context, thin, key }, thinSource), async (draft) => {
    const source = fileURLToPath(new URL("src", variant.folder));
    const [{ filesIn, rebundle, replaceCode }, { thinSdk }] = await Promise.all([
      import("./rebundle.ts"),
      import("@ovsc/local/thin-sdk"),
    ]);
    const all = [...plugins, ...(thin ? [thinSdk(await bundledSdk())] : [])];
    const bundle = (outdir: string) => rebundle(deployed, outdir, { source, plugins: all });
    // As with `bundles`, another context has the very same code, and so has a change of the template alone.
    const how = { thin, files: filesIn(deployed), key: plugins.length > 0 ? key : undefined };
    const own = hashOfSource(variant, { rebundled: how }, thinSource);
    replaceCode(deployed, draft, code ?? (await kept(outOf(variant), own, bundle)));
    amend(draft);
  });
}

/**
 * For whoever looks at the template alone, and for handlers that are bundled in another way: the bundle that is
 * deployed takes ten times as long as all else.
 */
export function synthesizeWithoutCode(variant: Variant, context: Context = {}): Promise<string> {
  const source = hashOfSource(variant, { ...context, withoutCode: true });
  return kept(outOf(variant), source, async (draft) => {
    await synthesizeInto(draft, variant, { ...context, ...withoutBundling });
    const { layEmptyCode } = await import("./rebundle.ts");
    layEmptyCode(draft, { stackName: variant.stackName, source });
  });
}

/**
 * Bundles a variant's handlers with the thin SDK in several versions at once.
 * @param versions their names; `plugin` reads `FILE?VERSION`, and `key` tells these from all others
 * @returns the folder that has a folder of code for each of them
 */
export async function bundleTogether(
  variant: Variant,
  { versions, plugin, key }: { versions: readonly string[]; plugin: Plugin; key: unknown },
): Promise<string> {
  const deployed = await synthesizeWithoutCode(variant);
  return kept(outOf(variant), hashOfSource(variant, { together: key }, thinSource), async (draft) => {
    const source = fileURLToPath(new URL("src", variant.folder));
    const [{ bundleVersions }, { thinSdk }] = await Promise.all([
      import("./rebundle.ts"),
      import("@ovsc/local/thin-sdk"),
    ]);
    await bundleVersions(deployed, draft, { source, plugins: [plugin, thinSdk(await bundledSdk())], versions });
  });
}

const thinSource = "local/src/{thin-sdk,wire}/*.ts";

/** The thin SDK bundled by itself, once for all bundles of handlers: a few files instead of 900. */
const bundledSdk = (): Promise<string> =>
  kept(join(root, "local/out"), hashOf("thin SDK", "pnpm-lock.yaml", thinSource), async (draft) => {
    const { bundleSdk } = await import("./rebundle.ts");
    await bundleSdk(draft);
  });

const outOf = ({ folder }: Variant): string => fileURLToPath(new URL("cdk.out", folder));

/**
 * The same cloud assembly for exploration: its handlers are bundled from the same source with the thin SDK.
 * @returns the folder of its cloud assembly
 */
export const synthesizeThin = (variant: Variant, context: Context = {}): Promise<string> =>
  synthesizeChanged(variant, { ...context, thin: true, plugins: [], amend() {}, key: undefined });

/**
 * For a run in the embedded cloud, and the page that shows it. It is what is deployed, unless the environment says that
 * nobody deploys it: a copy of the course then has its code bundled with the thin SDK, in a tenth of the time.
 */
export const synthesizeHere = (variant: Variant, context: Context = {}): Promise<string> =>
  (process.env["ORDER_SAGA_BUNDLE"] === "thin" ? synthesizeThin : synthesize)(variant, context);

/**
 * As `synthesize`, for where it is to be deployed: an emulator, which cannot speed up time, gets short retry delays.
 */
export const synthesizeFor = (variant: Variant, target: Remote, context: DeployedContext = {}): Promise<string> =>
  synthesize(variant, {
    profile: "equal",
    ...context,
    region: target.region,
    ...(target.kind === "localstack" && { retryDelaySeconds: 1 }),
  });

/** The template of a variant's stack in its cloud assembly. */
export const templateOf = ({ stackName }: Variant, assembly: string): Template =>
  JSON.parse(readFileSync(join(assembly, `${stackName}.template.json`), "utf8")) as Template;

/** Synthesizes a variant's CDK app into a folder, whatever was done before. */
export async function synthesizeInto(outdir: string, variant: Variant, context: Context = {}): Promise<void> {
  // Validation reports cost 0.9 s a synth and say nothing of templates that are loaded and run right after.
  process.env["CDK_VALIDATION"] ??= "false";
  (await variant.app({ outdir, context: { ...context } })).synth();
}

/**
 * Of everything that goes into an assembly: the variant's own source, that of the packages it is built on, its
 * dependencies, its settings.
 * @param more glob patterns, from the root
 */
function hashOfSource(variant: Variant, context: object, ...more: string[]): string {
  const folder = fileURLToPath(variant.folder);
  const workspace = workspaceOf(folder);
  const own = relative(workspace, folder);
  const what = [variant.name, { profile: "equal", ...context }];
  const siblings = siblingsOf(variant, workspace).map((sibling) => `${sibling}/src/**/*.ts`);
  const hash = createHash("sha256").update(hashOf(what, "pnpm-lock.yaml", ...more));
  addFiles(hash, workspace, [...siblings, `${own}/{,src/**/}*.ts`]);
  return hash.digest("hex").slice(0, 16);
}

/** The folders of the packages of its workspace that a variant's package names, from the workspace's root. */
function siblingsOf({ folder }: Variant, workspace: string): string[] {
  const manifest = new URL("package.json", folder);
  if (!existsSync(manifest)) return ["shared"];
  const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as { dependencies: Record<string, string> };
  return Object.entries(dependencies)
    .filter(([, version]) => version.startsWith("workspace:"))
    .map(([name]) => relative(workspace, realpathSync(new URL(`node_modules/${name}`, folder))));
}

/**
 * The workspace that a variant's package is in: the repository, or a copy of its packages.
 * @throws Error where there is none
 */
function workspaceOf(folder: string): string {
  for (let each = folder; ; each = dirname(each)) {
    if (existsSync(join(each, "pnpm-workspace.yaml"))) return each;
    if (each === dirname(each))
      throw new Error(`${folder} is in no workspace: no folder above has pnpm-workspace.yaml`);
  }
}

/** @param patterns glob patterns of the files, from the root */
function hashOf(what: unknown, ...patterns: string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(what));
  addFiles(hash, root, patterns);
  return hash.digest("hex").slice(0, 16);
}

function addFiles(hash: Hash, folder: string, patterns: readonly string[]): void {
  for (const file of globSync(patterns, { cwd: folder }).toSorted()) {
    hash.update(`\0${file}\0`).update(digestOf(join(folder, file)));
  }
}

const digests = new Map<string, { readonly stamp: string; readonly digest: string }>();

/** Of a file's content, which is read again once it changed. */
function digestOf(path: string): string {
  const { mtimeMs, size } = statSync(path);
  const stamp = `${mtimeMs} ${size}`;
  const known = digests.get(path);
  if (known?.stamp === stamp) return known.digest;
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  digests.set(path, { stamp, digest });
  return digest;
}
