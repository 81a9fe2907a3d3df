import { describe, expect, inject, test } from "vitest";
import { describeTarget } from "../src/clouds/target.ts";
import { drills } from "../src/drills/drills.ts";
import { runDeployedDrill } from "../src/drills/run-deployed-drill.ts";
import { pair } from "../src/variants.ts";
import { heldBy } from "./listed.ts";

const { target, suffix, variants } = inject("e2e");

const drilled = pair.filter(({ name }) => variants.includes(name));

describe.each(drilled)(`an order of the $name that is broken in ${describeTarget(target)}`, (variant) => {
  for (const drill of drills) {
    test(`comes home where ${drill.breaks}`, heldBy(variant, { drill: drill.name }), async ({ skip }) => {
      const result = await runDeployedDrill(drill, variant, { target, suffix });
      if (!result) return skip(`the ${variant.name} has no such remedy, or this cloud none`);
      expect(result.findings).toEqual([]);
      expect(result.stopped.end).toBe(drill.stopsIn);
      expect(result.end).toBe(result.unbroken);
      expect(result.sideEffectsTwice).toBe(0);
    });
  }
});
