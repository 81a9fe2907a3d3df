import { expect, test } from "vitest";
import { onLocalStack } from "../../e2e/listed.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { variants } from "../../src/variants.ts";

test("every variant runs end to end on LocalStack, or says what LocalStack does not know of it", () => {
  const there = variants.filter(({ notOnLocalStack }) => notOnLocalStack === undefined).map(({ name }) => name);
  expect(onLocalStack.variants).toEqual(there);
});

test("every scenario runs end to end on LocalStack", () => {
  expect(onLocalStack.scenarios).toEqual(scenarios.map(({ name }) => name));
});
