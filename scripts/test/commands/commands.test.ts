import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { compareCommand } from "../../src/commands/compare.ts";
import { reportCommand } from "../../src/commands/report.ts";
import { triggerCommand } from "../../src/commands/trigger.ts";
import { exit } from "../../src/failure.ts";
import { readRun } from "../../src/runs/log/run-line.ts";
import { isWhole } from "../family.ts";

const sample = fileURLToPath(new URL("../../orders.ndjson", import.meta.url));
let out: string;
let [printed, complained] = ["", ""];

const listen = () => {
  out = mkdtempSync(join(tmpdir(), "compare-"));
  [printed, complained] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((complained += String(text)), true));
};
beforeEach(listen);
afterEach(() => vi.restoreAllMocks());

describe("compare", () => {
  test("refuses what it does not know, by name", async () => {
    await expect(compareCommand({ scenario: ["nope"], out })).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("nope"),
    });
    await expect(compareCommand({ target: "mars", out })).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("mars"),
    });
    await expect(compareCommand({ orders: 1, input: sample, out })).rejects.toMatchObject({ exitCode: exit.usage });
  });

  test("ends 4 where nobody answers", async () => {
    const nobody = "http://127.0.0.1:9";
    await expect(compareCommand({ endpointUrl: nobody, out })).rejects.toMatchObject({
      exitCode: exit.environment,
      message: expect.stringContaining(nobody),
    });
  });
});

describe("what a run leaves", () => {
  // Two orders for the last unit: the seed chooses who is first.
  const asked = { scenario: ["declined", "last-unit"], seed: 5, target: "local" };
  let [run, said] = ["", ""];
  beforeAll(async () => {
    listen();
    expect(await compareCommand({ ...asked, out })).toBe(exit.valid);
    [run, said] = [out, printed];
    vi.restoreAllMocks();
  });
  beforeEach(() => cpSync(run, out, { recursive: true }));

  test.runIf(isWhole)("is the same for the same seed: results and page", async () => {
    const { verdict, command } = JSON.parse(readFileSync(join(run, "results.json"), "utf8"));
    expect([verdict, command]).toEqual(["valid", "pnpm compare --scenario declined last-unit --seed 5 --target local"]);
    expect(await compareCommand({ ...asked, out })).toBe(exit.valid);
    for (const name of ["results.json", "report.html", "report.md"])
      expect(readFileSync(join(out, name), "utf8"), name).toBe(readFileSync(join(run, name), "utf8"));
  });

  test("is a log in which every order's way can be followed", async () => {
    const [started, ...lines] = await Array.fromAsync(readRun(join(out, "run.ndjson")));
    expect(started).toEqual({
      type: "RunStarted",
      version: 2,
      command: "pnpm compare --scenario declined last-unit --seed 5 --target local",
      profile: "equal",
      variants: ["choreography", "orchestration"],
      log: "sample",
    });
    for (const variant of ["choreography", "orchestration"]) {
      const statuses = lines.flatMap((line) =>
        line.type === "StatusChanged" && line.variant === variant && line.batch === "declined" ? [line.status] : [],
      );
      expect(statuses).toEqual(["PENDING", "RESERVED", "PAYMENT_DECLINED", "RELEASING", "INVENTORY_RELEASED"]);
    }
    expect(new Set(lines.map(({ type }) => type))).toEqual(
      new Set([
        "AwsCall",
        "Delivery",
        "EventPublished",
        "ExecutionEvent",
        "InvocationStarted",
        "InvocationEnded",
        "LedgerChanged",
        "PlacementChanged",
        "StatusChanged",
        "StockChanged",
      ]),
    );
  });

  test("is a report, of which it says where it lies, and which is made again from its files", async () => {
    expect(said).toContain(`Report: ${join(run, "report.html")}\n`);
    const written = readFileSync(join(out, "report.html"), "utf8");
    const file = join(out, "again.html");
    expect(await reportCommand({ from: out, out: file })).toBe(exit.valid);
    expect(printed).toBe(`${file}\n`);
    expect(readFileSync(file, "utf8")).toBe(written);
    expect(readFileSync(join(out, "again.md"), "utf8")).toBe(readFileSync(join(out, "report.md"), "utf8"));
  });

  test.runIf(isWhole)(
    "is no report after a run without one, which ends 1 for a malformed line and says which",
    async () => {
      expect(existsSync(join(out, "report.html"))).toBe(true);
      const file = join(out, "orders.ndjson");
      writeFileSync(file, `{"sku": 5}\n${readFileSync(sample, "utf8").split("\n")[0]}\n`);
      const flags = { input: file, out, json: true, report: false, target: "local" } as const;
      expect(await compareCommand(flags)).toBe(exit.invalid);
      expect(complained).toContain(`${file}:1: InvalidOrder: sku:`);
      const { results, refused } = JSON.parse(printed) as { results: { orders: number }[]; refused: unknown[] };
      expect([results[0]?.orders, refused.length]).toEqual([1, 1]);
      expect(["report.html", "report.md"].filter((name) => existsSync(join(out, name)))).toEqual([]);
      expect(printed).not.toContain("Report: ");
    },
  );

  test("makes no report where files are missing or wrong: it says which, and what makes them", async () => {
    const refused = { exitCode: exit.usage, message: expect.stringContaining("next: pnpm compare") };
    await expect(reportCommand({ from: join(out, "nowhere") })).rejects.toMatchObject(refused);
    for (const content of ["", "[]", "null", '{"verdict":"valid"}']) {
      writeFileSync(join(out, "results.json"), content);
      await expect(reportCommand({ from: out })).rejects.toMatchObject(refused);
    }
    await expect(reportCommand({ from: run, out: join(out, "no", "where.html") })).rejects.toMatchObject({
      exitCode: exit.environment,
    });
  });

  test("is a report that nobody opens where nobody looks", async () => {
    await reportCommand({ from: out, open: true });
    expect(complained).toContain("not opened");
  });
});

describe("trigger", () => {
  test("prints a declined order's status, execution and cause", async () => {
    expect(await triggerCommand({ decline: true, target: "local" }, "orchestration")).toBe(exit.valid);
    expect(printed).toContain("INVENTORY_RELEASED");
    expect(printed).toMatch(
      /execution +arn:aws:states:eu-west-2:\d+:execution:ovsc-orchestration-saga:declined-order-1-/,
    );
    expect(printed).toContain("Payment declined and inventory released");
  });

  test("shows times, numbers retries, and gives money and goods their words", async () => {
    expect(await triggerCommand({ scenario: "charge-answer-lost", target: "local" }, "orchestration")).toBe(exit.valid);
    expect(printed).toContain("49.98 GBP charged, 49.98 GBP refunded");
    expect(printed).toContain("0 units taken from the shelf, 0 shipments");
    expect(printed).toMatch(/\n +0\.0 s {2}ChargePayment\n.*failed: PaymentTimedOut\n +[\d.]+ s +try 2\n/);
    if (!isWhole) return;
    printed = "";
    await triggerCommand({ scenario: "charge-answer-lost", target: "local" }, "choreography");
    expect(printed).toContain("60.0 s  InventoryReserved wakes ChargePayment, try 2\n");
    expect(printed).toContain("180.0 s  InventoryReserved wakes ChargePayment, try 3\n");
  });

  test.runIf(isWhole)("places all orders of a scenario, and tells of each once", async () => {
    expect(await triggerCommand({ scenario: "last-unit", target: "local", json: true }, "choreography")).toBe(
      exit.valid,
    );
    const { orders } = JSON.parse(printed) as { orders: { evidence: { row: { status: string } } }[] };
    expect(orders.map(({ evidence }) => evidence.row.status).toSorted()).toEqual(["INVENTORY_FAILED", "SHIPPED"]);
    printed = "";
    await triggerCommand({ scenario: "submitted-twice", target: "local" }, "orchestration");
    expect(printed.match(/^order /gm)).toHaveLength(1);
  });

  test("refuses an unknown scenario, and two sources of orders", async () => {
    await expect(triggerCommand({ scenario: "nope" }, "choreography")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringMatching(/there are happy, .*out-of-stock/),
    });
    await expect(triggerCommand({ scenario: "happy", decline: true }, "choreography")).rejects.toMatchObject({
      exitCode: exit.usage,
    });
  });
});
