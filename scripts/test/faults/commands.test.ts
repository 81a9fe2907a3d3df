import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compareCommand } from "../../src/commands/compare.ts";
import { triggerCommand } from "../../src/commands/trigger.ts";
import { exit } from "../../src/failure.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { isWhole } from "../family.ts";

let folder: string;
let [printed, complained] = ["", ""];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faults-"));
  [printed, complained] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((complained += String(text)), true));
});
afterEach(() => vi.restoreAllMocks());

const planned = (plan: FaultPlan | string): string => {
  const file = join(folder, "plan.json");
  writeFileSync(file, typeof plan === "string" ? plan : JSON.stringify(plan));
  return file;
};
const compared = async (plan: FaultPlan | string, ...scenario: string[]) => {
  const file = planned(plan);
  const code = await compareCommand({
    scenario,
    faults: file,
    out: folder,
    json: true,
    report: false,
    target: "local",
  });
  return { code, file, ...(JSON.parse(printed) as { verdict: string; command: string; faults: unknown }) };
};

const lostCharges = { kind: "time-out", dependency: "payment-gateway", attempts: [1, 2, 3] } as const;

describe("compare --faults", () => {
  test.runIf(isWhole)(
    "holds the variants to one end, each scenario anew, and counts how often each fault struck",
    async () => {
      const plan: FaultPlan = [{ ...lostCharges, attempts: [1, 2, 3], step: "ChargePayment" }];
      const { code, command, file, ...found } = await compared(plan, "happy", "last-unit");
      expect(code).toBe(exit.valid);
      expect(command).toBe(`pnpm compare --scenario happy last-unit --faults ${file} --target local`);
      // One of the two orders for the last unit is never charged.
      expect(found).toMatchObject({
        faults: [{ ...plan[0], fired: { choreography: 6, orchestration: 6 } }],
        results: [
          { name: "happy", variants: { choreography: { ends: { INVENTORY_RELEASED: 1 } } } },
          { name: "last-unit", variants: { orchestration: { ends: { INVENTORY_RELEASED: 1, INVENTORY_FAILED: 1 } } } },
        ],
      });
    },
  );

  test.runIf(isWhole)("begins the plan's time with the first order of each scenario", async () => {
    const outage = { kind: "server-error", dependency: "carrier", from: 0, until: 30 } as const;
    const found = await compared([outage], "happy", "charge-answer-lost-once", "submitted-twice");
    // The charge whose answer was lost is made again after a minute, when the carrier is back. The SDK asks four times.
    expect(found).toMatchObject({ code: exit.valid, faults: [{ fired: { orchestration: 8 } }] });
  });

  test.runIf(isWhole)("tells a variant that lacks what is struck from one that the fault did not find", async () => {
    const plan: FaultPlan = [
      { kind: "duplicate", dependency: "rule-target", step: "ShipOrder", attempts: [1] },
      { kind: "time-out", dependency: "carrier", step: "ShipOrder", attempts: [9] },
    ];
    const { code, verdict, faults } = await compared(plan, "happy");
    expect([code, verdict]).toEqual([exit.invalid, "invalid"]);
    expect(faults).toMatchObject([
      { fired: { choreography: 1, orchestration: "not applicable" } },
      { fired: { choreography: 0, orchestration: 0 } },
    ]);
    expect(complained).toContain(
      "duplicate of rule-target: struck the choreography 1 time, not applicable to the orchestration\n" +
        "time-out of carrier: never fired in the choreography, so nothing is proved, never fired",
    );
  });

  test.each([
    ["no JSON", "[{", /plan\.json is no fault plan: /],
    ["a field that is none", '[{"kind":"conflict","dependency":"table","attempt":[1]}]', /0\.attempts: /],
    ["a dependency that is none", '[{"kind":"conflict","dependency":"moon","attempts":[1]}]', /0\.dependency: /],
  ])("refuses %s by field, before anything runs", async (_what, plan, message) => {
    await expect(compared(plan, "happy")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringMatching(message),
    });
    expect(printed).toBe("");
  });

  test("refuses a file that is not there, and a cloud that nobody can disturb", async () => {
    const faults = join(folder, "none.json");
    await expect(compareCommand({ faults, target: "local" })).rejects.toMatchObject({ exitCode: exit.usage });
    const there = planned([{ ...lostCharges, attempts: "every" }]);
    const elsewhere = { faults: there, endpointUrl: "http://127.0.0.1:9" };
    for (const refused of [compareCommand(elsewhere), triggerCommand(elsewhere, "orchestration")]) {
      await expect(refused).rejects.toMatchObject({
        exitCode: exit.usage,
        message: expect.stringContaining("--faults needs the embedded cloud"),
      });
    }
  });
});

describe("trigger --faults", () => {
  test("shows the way of an order under the plan", async () => {
    const faults = planned([{ ...lostCharges, attempts: [1], step: "ChargePayment" }]);
    expect(await triggerCommand({ faults, target: "local" }, "orchestration")).toBe(exit.valid);
    expect(printed).toMatch(/ChargePayment\n.*failed: Sandbox\.Timedout\n.*try 2\n/);
  });

  test.runIf(isWhole)("ends 1 for a fault that never fired", async () => {
    const faults = planned([{ ...lostCharges, attempts: [7] }]);
    expect(await triggerCommand({ faults, target: "local" }, "choreography")).toBe(exit.invalid);
    expect(printed).toContain("WRONG      time-out of payment-gateway never fired");
  });
});
