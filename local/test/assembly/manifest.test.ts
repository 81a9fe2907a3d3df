import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readAssembly } from "../../src/assembly/manifest.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** A cloud assembly with one stack, Shop, and one asset. */
function assembly(artifacts: object = {}, assets: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "assembly-"));
  folders.push(folder);
  const write = (name: string, json: object) => writeFileSync(join(folder, name), JSON.stringify(json));
  write("manifest.json", {
    version: "55.0.0",
    artifacts: {
      "Shop.assets": { type: "cdk:asset-manifest", properties: { file: "Shop.assets.json" } },
      Shop: {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/unknown-region",
        properties: { templateFile: "Shop.template.json" },
        dependencies: ["Shop.assets"],
      },
      Tree: { type: "cdk:tree", properties: { file: "tree.json" } },
      ...artifacts,
    },
  });
  write("Shop.assets.json", {
    version: "55.0.0",
    files: {
      abc: {
        displayName: "Code",
        source: { path: "asset.abc", packaging: "zip" },
        destinations: { current: { bucketName: "b", objectKey: "abc.zip" } },
      },
    },
    dockerImages: {},
    ...assets,
  });
  write("Shop.template.json", { Resources: {} });
  return folder;
}

test("reads stacks with their templates, and assets by the key they are uploaded under", () => {
  const folder = assembly();
  expect(readAssembly(folder)).toEqual([
    {
      stackName: "Shop",
      template: { Resources: {} },
      dependencies: [],
      assets: new Map([["abc.zip", join(folder, "asset.abc")]]),
      environment: "aws://unknown-account/unknown-region",
    },
  ]);
});

test("knows stacks by the names they are deployed under", () => {
  const later = {
    type: "aws:cloudformation:stack",
    properties: { templateFile: "Shop.template.json", stackName: "prod-later" },
    dependencies: ["Shop"],
  };
  const last = { ...later, properties: { ...later.properties, stackName: "prod-last" }, dependencies: ["Later"] };
  const stacks = readAssembly(assembly({ Later: later, Last: last }));
  expect(stacks.map(({ stackName, dependencies }) => [stackName, dependencies])).toEqual([
    ["Shop", []],
    ["prod-later", ["Shop"]],
    ["prod-last", ["prod-later"]],
  ]);
});

test("refuses stages, container images, built assets and unknown artifacts by name", () => {
  expect(() => readAssembly(assembly({ Prod: { type: "cdk:cloud-assembly" } }))).toThrow(
    "a nested cloud assembly (a CDK Stage) (at artifact Prod",
  );
  expect(() => readAssembly(assembly({ X: { type: "cdk:new" } }))).toThrow(
    "an artifact of type cdk:new (at artifact X",
  );
  expect(() => readAssembly(assembly({}, { dockerImages: { def: {} } }))).toThrow("the container image asset def");
  const built = { abc: { source: { executable: ["make"] }, destinations: {} } };
  expect(() => readAssembly(assembly({}, { files: built }))).toThrow("the file asset abc");
});

test("says where it looked when there is no assembly", () => {
  expect(() => readAssembly("/nowhere")).toThrow("/nowhere/manifest.json");
});
