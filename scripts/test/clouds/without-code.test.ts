import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { variant } from "@ovsc/choreography";
import { expect, test, vi } from "vitest";
import { synthesize, synthesizeHere, synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";

const assetIn = (assembly: string): string => readdirSync(assembly).find((name) => name.startsWith("asset."))!;

test("an assembly for exploration names its code by its source, so that an update finds what changed", async () => {
  const assemblies = [await synthesizeThin(variant), await synthesizeThin(variant, { profile: "idiomatic" })];
  const [one, other] = assemblies.map(assetIn);
  expect(one).not.toBe(other);
  for (const assembly of assemblies) {
    const asset = assetIn(assembly);
    expect(statSync(join(assembly, asset, "handler.js")).size).toBeGreaterThan(10_000);
    expect(JSON.stringify(templateOf(variant, assembly))).toContain(`${asset.replace("asset.", "")}.zip`);
  }
});

test("what runs here is what is deployed, unless the environment says that nobody deploys it", async () => {
  expect(await synthesizeHere(variant)).toBe(await synthesize(variant));
  vi.stubEnv("ORDER_SAGA_BUNDLE", "thin");
  const thin = await synthesizeHere(variant, { profile: "idiomatic" });
  vi.unstubAllEnvs();
  expect(thin).toBe(await synthesizeThin(variant, { profile: "idiomatic" }));
});
