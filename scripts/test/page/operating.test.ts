import { describe, expect, test } from "vitest";
import { synthesizeWithoutCode, templateOf } from "../../src/clouds/synthesize.ts";
import { operationsOf } from "../../src/page/operating/operations.ts";
import { variantNamed, variants } from "../../src/variants.ts";

describe.each(variants)("what there is to look after in the $name", (variant) => {
  test("is what its template has: an alarm that says what it means, and how long history stays", async () => {
    const template = templateOf(variant, await synthesizeWithoutCode(variant));
    const { alarms, retention, resources } = operationsOf(variant.name, template);
    expect(alarms.length).toBeGreaterThan(2);
    expect(alarms.filter((each) => each.includes("without a description"))).toEqual([]);
    expect(Object.fromEntries(retention)["logs"]!.every((days) => days === 7)).toBe(true);
    expect(resources.reduce((sum, [, count]) => sum + count, 0)).toBe(Object.keys(template.Resources).length);
  });
});

test("Only the choreography has a queue to empty", async () => {
  const queues = await Promise.all(
    ["choreography", "orchestration"].map(async (name) => {
      const template = templateOf(variantNamed(name), await synthesizeWithoutCode(variantNamed(name)));
      return operationsOf(name, template).queueDays;
    }),
  );
  expect(queues).toEqual([[14], []]);
});
