import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Happening, inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesize, synthesizeThin } from "../../src/clouds/synthesize.ts";
import { judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { replay } from "../../src/weakenings/replay.ts";
import { type Lived, Stage } from "../../src/weakenings/stage.ts";
import { weaken, weakeningNamed, weakenTogether } from "../../src/weakenings/weaken.ts";
import { damageIn, type Story, type Weakening } from "../../src/weakenings/weakening.ts";
import { weakenings } from "../../src/weakenings/weakenings.ts";
import { isWhole } from "../family.ts";
import { valid } from "../saga.ts";

/** Of those that come to harm without it, in `test` one by turn. */
const each = weakenings.flatMap((weakening, turn) => {
  const harmed = Object.keys(weakening.in).filter((name) => weakening.borne?.[name] === undefined);
  return harmed
    .filter((_, at) => isWhole || (at + turn) % harmed.length === 0)
    .map((name) => ({ name: weakening.name, variant: variantNamed(name), weakening }));
});

const shippedAssembly = isWhole ? synthesize : synthesizeThin;

const stages = new Map<string, Stage>();
/** What a story comes to where nothing is taken away: one story after the other, in clouds that begin anew. */
async function asShipped(variant: Variant, story: Story): Promise<Lived> {
  const stage = stages.get(variant.name) ?? new Stage(variant, await synthesizeThin(variant));
  stages.set(variant.name, stage);
  return stage.live(story);
}

const asked = (variant: Variant): Weakening[] => each.flatMap((row) => (row.variant === variant ? row.weakening : []));
const bundles = new Map<string, ReturnType<typeof weakenTogether>>();
function bundled(variant: Variant): ReturnType<typeof weakenTogether> {
  const known = bundles.get(variant.name) ?? weakenTogether(variant, asked(variant));
  bundles.set(variant.name, known);
  return known;
}

describe("the weakenings", () => {
  test("have a name each", () => {
    expect(new Set(weakenings.map(({ name }) => name)).size).toBe(weakenings.length);
  });

  test.each(each)("without $name the $variant.name comes to harm", async ({ variant, weakening }) => {
    const { story, finding } = damageIn(weakening, variant.name);
    const shipped = await asShipped(variant, story);
    expect(shipped.findings).toEqual([]);
    // A fault that never fired proves nothing.
    expect(shipped.fired).not.toContain(0);
    const code = (await bundled(variant))(weakening.name);
    const weakened = await replay(variant, await weaken(variant, weakening, { thin: true, code }), story);
    expect(weakened.findings.map(({ what }) => what)).toContain(finding);
  });

  test("say who bears them: without reference an order of 300 KB ships, in events as large", async () => {
    const weakening = weakeningNamed("reference", "a test");
    const variant = variantNamed("choreography");
    const [shipped, weakened] = [await synthesizeThin(variant), await weaken(variant, weakening, { thin: true })];
    const largest = async (assembly: string): Promise<number> => {
      const events: number[] = [];
      const onHappening = (happening: Happening) => {
        if (happening.type === "AwsCall" && happening.operation === "PutEvents")
          events.push(JSON.stringify(happening.input).length);
      };
      const deployment = await openLocal(variant, { assembly, choices: inOrder, thin: true, onHappening });
      const batch = batchOf(scenarioNamed(weakening.story.scenario, "a test"), "");
      expect(judge(batch, { [variant.name]: await runBatch(batch, deployment) })).toEqual(valid);
      return Math.max(...events);
    };
    expect(await largest(shipped)).toBeLessThan(1_000);
    expect(await largest(weakened)).toBeGreaterThan(300_000);
    expect(Object.keys(weakening.borne!)).toEqual([variant.name]);
  });

  test("are refused by name where there is none such, and where a variant has none", async () => {
    expect(() => weakeningNamed("no-brakes", "pnpm explore --without")).toThrow(
      /^nothing is called no-brakes that could be taken away: there are no-key-for-charge, /,
    );
    const orchestration = variantNamed("orchestration");
    const weakening = weakeningNamed("no-failure-destination", "pnpm explore --without");
    await expect(weaken(orchestration, weakening, { thin: true })).rejects.toThrow(
      "orchestration has no no-failure-destination to take away",
    );
  });

  test("leave all else as it is deployed", async () => {
    const [variant] = variants;
    const nothing = { ...weakenings[0]!, in: { [variant!.name]: [] } };
    const template = (folder: string): unknown =>
      JSON.parse(readFileSync(join(folder, `${variant!.stackName}.template.json`), "utf8"));
    const [folder, deployed] = [await weaken(variant!, nothing, { thin: !isWhole }), await shippedAssembly(variant!)];
    expect(template(folder)).toEqual(template(deployed));
  });
});

describe("a patch", () => {
  const variant = variantNamed("orchestration");
  const without = (...patches: Weakening["in"][string]) =>
    weaken(variant, { ...weakenings[0]!, in: { [variant.name]: patches } }, { thin: true });
  const file = "shared/src/lifecycle.ts";

  test("is refused where its text is not in the file, or is there twice", async () => {
    await expect(without({ file, find: "no such text", replace: "" })).rejects.toThrow(
      "shared/src/lifecycle.ts has 0 times instead of once: no such text",
    );
    await expect(without({ file, find: "RESERVED", replace: "" })).rejects.toThrow(/ times instead of once: RESERVED/);
  });

  test("is refused where its file is not in the bundle", async () => {
    const elsewhere = { file: "choreography/src/on-event.ts", find: "publish", replace: "" };
    await expect(without(elsewhere)).rejects.toThrow("not in the bundle, so not patched: choreography/src/on-event.ts");
  });

  test("is refused where the template is another than it was written for", async () => {
    await expect(without({ template: [{ op: "test", path: "/Resources/Nothing", value: {} }] })).rejects.toThrow(
      /^cannot test \/Resources\/Nothing: /,
    );
  });
});
