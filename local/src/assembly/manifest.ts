import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { UnknownFeature } from "../errors.ts";
import { checkNesting } from "../nesting.ts";
import { AssemblyRefused, refusalAt } from "./refused.ts";
import { refusalsOf } from "./template.ts";

/** One stack of a cloud assembly, its template not yet looked into. */
export interface AssembledStack {
  readonly stackName: string;
  readonly template: unknown;
  /** Names of the stacks that are deployed before it. */
  readonly dependencies: readonly string[];
  /** Absolute paths of file assets by the object key they are uploaded under. */
  readonly assets: ReadonlyMap<string, string>;
  /** `aws://<account>/<region>`, each `unknown-…` where the app leaves it open. */
  readonly environment: string;
}

const artifact = z.object({
  type: z.string(),
  environment: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  properties: z
    .looseObject({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      file: z.string().optional(),
    })
    .default({}),
});

type Artifact = z.infer<typeof artifact>;

const manifest = z.object({ artifacts: z.record(z.string(), artifact) });

const assetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({
          path: z.string().optional(),
          packaging: z.enum(["zip", "file"]).optional(),
          executable: z.unknown().optional(),
        }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
  dockerImages: z.record(z.string(), z.unknown()).default({}),
});

/** Artifacts that say something about the app and nothing to a deployment. */
const descriptions = new Set(["cdk:tree", "cdk:feature-flag-report"]);

/**
 * Reads a folder that `cdk synth` wrote: the manifest, and the templates and asset manifests it names.
 * https://github.com/aws/aws-cdk-cli/tree/main/packages/@aws-cdk/cloud-assembly-schema
 * @throws AssemblyRefused for a file that is not there or not as it should be, an artifact or asset of a kind that is
 * not known
 */
export function readAssembly(folder: string): AssembledStack[] {
  try {
    return assembledStacks(folder);
  } catch (thrown) {
    throw thrown instanceof AssemblyRefused ? thrown : new AssemblyRefused([refusalAt(thrown, "")]);
  }
}

function assembledStacks(folder: string): AssembledStack[] {
  const { artifacts } = parsed(manifest, folder, "manifest.json");
  for (const [id, { type }] of Object.entries(artifacts)) {
    if (type === "aws:cloudformation:stack" || type === "cdk:asset-manifest" || descriptions.has(type)) continue;
    const feature =
      type === "cdk:cloud-assembly" ? "a nested cloud assembly (a CDK Stage)" : `an artifact of type ${type}`;
    throw new UnknownFeature(feature, `artifact ${id} of ${join(folder, "manifest.json")}`);
  }
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === "aws:cloudformation:stack")
    .map(([id, stack]) => assembledStack(folder, id, stack, artifacts));
}

function assembledStack(
  folder: string,
  id: string,
  stack: Artifact,
  artifacts: Record<string, Artifact>,
): AssembledStack {
  const before = stack.dependencies.map((name) => ({
    name,
    artifact: Object.hasOwn(artifacts, name) ? artifacts[name] : undefined,
  }));
  const assets = before.flatMap(({ name, artifact: dependency }) =>
    dependency?.type === "cdk:asset-manifest"
      ? readAssets(folder, named(dependency.properties.file, name, "file"))
      : [],
  );
  return {
    stackName: stack.properties.stackName ?? id,
    template: readJson(folder, named(stack.properties.templateFile, id, "templateFile")),
    dependencies: before
      .filter(({ artifact: dependency }) => dependency?.type === "aws:cloudformation:stack")
      .map(({ name, artifact: dependency }) => dependency!.properties.stackName ?? name),
    assets: new Map(assets),
    environment: stack.environment ?? "aws://unknown-account/unknown-region",
  };
}

/** @throws UnknownFeature for an artifact that does not name what it needs */
function named(value: string | undefined, artifactId: string, property: string): string {
  if (value === undefined) throw new UnknownFeature(`an artifact without the property ${property}`, artifactId);
  return value;
}

/** Object keys with the folders or files behind them. */
function readAssets(folder: string, file: string): [string, string][] {
  const { files, dockerImages } = parsed(assetManifest, folder, file);
  const [image] = Object.keys(dockerImages);
  if (image) throw new UnknownFeature(`the container image asset ${image}`, join(folder, file));
  return Object.entries(files).flatMap(([hash, { source, destinations }]) => {
    const { path } = source;
    if (path === undefined || source.executable !== undefined) {
      throw new UnknownFeature(`the file asset ${hash}, which is built by a command`, join(folder, file));
    }
    return Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, resolve(folder, path)]);
  });
}

/** @throws UnknownFeature for a file that is not there, is no JSON or is nested too deep */
function readJson(folder: string, file: string): unknown {
  const path = join(folder, file);
  try {
    const text = readFileSync(path, "utf8");
    checkNesting(text, path);
    return JSON.parse(text, /proto|\\u/.test(text) ? withoutProto(path) : undefined);
  } catch (thrown) {
    if (thrown instanceof UnknownFeature) throw thrown;
    throw new UnknownFeature(`this file of a cloud assembly: ${(thrown as Error).message}`, path);
  }
}

/** A key `__proto__` is lost on the way through most code, so a file that has one is refused. */
const withoutProto = (path: string) => (key: string, value: unknown) => {
  if (key === "__proto__") throw new UnknownFeature("a key __proto__", path);
  return value;
};

/** @throws UnknownFeature naming what in the file is not as it should be */
function parsed<Value>(schema: z.ZodType<Value>, folder: string, file: string): Value {
  const result = schema.safeParse(readJson(folder, file));
  if (result.success) return result.data;
  throw new AssemblyRefused(refusalsOf(result.error, file, join(folder, file)));
}
