import { expect, test } from "vitest";
import { extents } from "../../src/faults/cells.ts";
import { again, trace } from "../../src/report/render-matrix.ts";

const cell = {
  scenario: "happy",
  step: "ShipOrder",
  dependency: "table",
  kind: "throttle",
  extent: Object.keys(extents)[0],
} as never;

test("A cell names the command that runs it again and the one that tells its story, with the variants it had", () => {
  const both = { choreography: "SHIPPED", orchestration: "SHIPPED" } as const;
  const name = "happy/ShipOrder/table/throttle/1-try";
  expect(again({ cell, ends: both }, "equal")).toBe(`pnpm matrix ${name}`);
  expect(trace({ cell, ends: both }, "idiomatic")).toBe(`pnpm trace --profile idiomatic ${name}`);
  const three = { ...both, chain: "INVENTORY_RELEASED" } as const;
  expect(again({ cell, ends: three }, "equal")).toBe(`pnpm matrix --variants choreography,orchestration,chain ${name}`);
  expect(trace({ cell, ends: three }, "equal")).toBe(`pnpm trace ${name} choreography orchestration chain`);
});
