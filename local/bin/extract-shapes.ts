/**
 * Takes from botocore, where AWS publishes the models of its services (PyPI, Apache-2.0), the shapes of the inputs
 * of the operations that the cloud has: `node local/bin/extract-shapes.ts FOLDER VERSION`, FOLDER being an unpacked
 * wheel.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Model, Shape } from "../src/door/model.ts";
import { services } from "../src/services.ts";

interface Published {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, PublishedShape>>;
}

interface Reference {
  readonly shape: string;
}

interface PublishedShape {
  readonly type: Shape["type"];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** Services that botocore files under another name. */
const folders: Readonly<Record<string, string>> = { states: "stepfunctions" };

const [folder, version] = process.argv.slice(2);
if (folder === undefined || version === undefined) {
  process.stderr.write("extract-shapes: give the folder of an unpacked botocore wheel, and its version\n");
  process.exit(2);
}
for (const { name, actions } of services) {
  if (Object.keys(actions).length > 0) write(name, Object.keys(actions).toSorted());
}

function write(service: string, operations: readonly string[]): void {
  const versions = join(folder!, "botocore/data", folders[service] ?? service);
  const published = JSON.parse(
    gunzipSync(readFileSync(join(versions, readdirSync(versions).toSorted().at(-1)!, "service-2.json.gz"))).toString(),
  ) as Published;
  const inputs: Record<string, string> = {};
  const shapes = new Map<string, Shape>();
  for (const operation of operations) {
    const input = published.operations[operation]?.input?.shape;
    if (input === undefined) continue;
    inputs[operation] = input;
    keep(input, published.shapes, shapes);
  }
  const model: Omit<Model, "shapes"> = { source: `botocore ${version} (PyPI)`, license: "Apache-2.0", inputs };
  const head = JSON.stringify(model, undefined, 1).slice(0, -2);
  const lines = [...shapes].map(([name, shape]) => `  ${JSON.stringify(name)}: ${JSON.stringify(shape)}`);
  const file = new URL(`../src/door/models/${service}.json`, import.meta.url);
  writeFileSync(file, `${head},\n "shapes": {\n${lines.join(",\n")}\n }\n}\n`);
}

function keep(name: string, published: Published["shapes"], shapes: Map<string, Shape>): void {
  if (shapes.has(name)) return;
  const { type, members = {}, required = [], member, key, value, enum: values, pattern, min, max } = published[name]!;
  const names = Object.entries(members).map(([each, { shape }]) => [each, shape] as const);
  shapes.set(name, {
    type,
    ...(type === "structure" && { members: Object.fromEntries(names) }),
    ...(required.length > 0 && { required }),
    ...(member && { member: member.shape }),
    ...(key && { key: key.shape }),
    ...(value && { value: value.shape }),
    ...(values && { enum: values }),
    ...(pattern !== undefined && { pattern }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  });
  for (const shape of [...names.map((each) => each[1]), member?.shape, key?.shape, value?.shape]) {
    if (shape !== undefined) keep(shape, published, shapes);
  }
}
