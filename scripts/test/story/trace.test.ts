import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { traceCommand } from "../../src/commands/trace.ts";
import { exit } from "../../src/failure.ts";
import { replayCell } from "../../src/faults/replay-cell.ts";
import type { Story } from "../../src/story/story.ts";
import { pair as variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { logging, named } from "./told.ts";

const log = join(mkdtempSync(join(tmpdir(), "trace-")), "run.ndjson");
let printed = "";

beforeAll(async () => {
  const lines: object[] = [{ type: "RunStarted", version: 2, command: "pnpm compare", variants: [], log: "all" }];
  for (const variant of variants) {
    const run = await logging(variant);
    for (const name of ["happy", "charge-answer-lost"]) lines.push(...(await run(named(name))));
  }
  writeFileSync(log, lines.map((line) => JSON.stringify(line)).join("\n"));
}, 60_000);

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("trace", () => {
  test("tells what happened to an order in each variant, and who knew when", async () => {
    vi.stubEnv("COLUMNS", "120");
    expect(await traceCommand({ log }, "charge-answer-lost-order-1")).toBe(exit.valid);
    expect(printed).toContain("charge-answer-lost-order-1, choreography: INVENTORY_RELEASED after 180 s");
    expect(printed).toContain("charge-answer-lost-order-1, orchestration: INVENTORY_RELEASED after 180 s");
    expect(printed).toMatch(/^ +22 +21 +60 s {2}ChargePayment begins, try 2, 60 s later$/m);
    expect(printed.match(/^ {4}said RESERVED for 180 s while it was CHARGED$/gm)).toHaveLength(4);
    expect(printed).toContain("stamp coupling: the logs of 7 functions; 7 calls");
    expect(printed).toContain("stamp coupling: execution history; 1 call");
  });

  test("keeps to the columns of a terminal, and says no less in fewer", async () => {
    const words = [];
    for (const columns of [80, 200]) {
      printed = "";
      vi.stubEnv("COLUMNS", `${columns}`);
      await traceCommand({ log }, "charge-answer-lost-order-1", "choreography");
      expect(Math.max(...printed.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(columns);
      words.push(printed.split(/\s+/));
    }
    expect(words[0]).toEqual(words[1]);
  });

  test("prints the whole story as JSON", async () => {
    await traceCommand({ log, json: true }, "happy-order-1", "orchestration");
    const { stories } = JSON.parse(printed) as { stories: (Story & { known: object[]; asking: object })[] };
    expect(stories).toHaveLength(1);
    expect(stories[0]).toMatchObject({
      orderId: "happy-order-1",
      variant: "orchestration",
      asking: { why: { calls: 2 } },
    });
    expect(stories[0]!.known.at(-1)).toMatchObject({ truth: "SHIPPED", answers: { stateless: "SHIPPED" } });
    expect(stories[0]!.moments.length).toBeGreaterThan(20);
  });

  test.runIf(isWhole)("runs a cell in any variant that is named, with the sweeper where that says so", async () => {
    const cell = "happy/CreateOrder/order-table/fail-before/1-try";
    const lines = await replayCell(cell, ["chain"], "equal");
    expect(new Set(lines.flatMap((line) => ("variant" in line ? [line.variant] : [])))).toEqual(new Set(["chain"]));
    const statuses = lines.flatMap((line) => (line.type === "StatusChanged" ? [line.status] : []));
    expect(statuses.at(-1)).toBe("SHIPPED");
  });

  test.runIf(isWhole)("runs a cell of the matrix again, and tells that", { timeout: 180_000 }, async () => {
    const cell = "happy/ChargePayment/payment-gateway/late-effect/1-try";
    vi.stubEnv("COLUMNS", "120");
    expect(await traceCommand({}, cell)).toBe(exit.valid);
    expect(printed.match(/ChargePayment to payment gateway: charge CHARGED, 15 s later$/gm)).toHaveLength(2);
    const other = "happy/ChargePayment/rule-target/duplicate/1-try";
    await expect(traceCommand({}, other, "orchestration")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("strikes nothing in the orchestration, which has no rule-target"),
    });
  });

  test("repeats a schedule that explore found, and tells that", { timeout: 60_000 }, async () => {
    vi.stubEnv("COLUMNS", "120");
    const file = fileURLToPath(new URL("../explore/found/parked-before-it-was-created.json", import.meta.url));
    expect(await traceCommand({}, file)).toBe(exit.valid);
    expect(printed).toMatch(/^happy-order-1, orchestration: /);
    expect(printed).toContain("fault at order table: ");
    await expect(traceCommand({}, "{}")).rejects.toMatchObject({ exitCode: exit.usage });
  });

  test("names the orders that are most like one that it does not know", async () => {
    await expect(traceCommand({ log }, "hapy-order-1")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("it knows happy-order-1, "),
    });
  });

  test("says where a run has an order when it has it in other variants only", async () => {
    writeFileSync(`${log}.empty`, "");
    await expect(traceCommand({ log }, "happy-order-1", "nowhere")).rejects.toMatchObject({
      exitCode: exit.unknown,
      message: expect.stringContaining("it has it in the choreography, orchestration"),
    });
    await expect(traceCommand({ log: `${log}.empty` }, "happy-order-1")).rejects.toMatchObject({
      exitCode: exit.unknown,
    });
    await expect(traceCommand({ log: "/nowhere/run.ndjson" }, "happy-order-1")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringMatching(/no such file[^]*pnpm compare/),
    });
  });
});
