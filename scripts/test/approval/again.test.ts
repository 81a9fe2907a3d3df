import { endOf, refOf } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import { describe, expect, test } from "vitest";
import { decideAbout } from "../../src/commands/decide-approval.ts";
import { exit } from "../../src/failure.ts";
import { Injection } from "../../src/faults/injection.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { above } from "../../src/runs/approvers.ts";
import { enterBatch } from "../../src/runs/run-batch.ts";
import { variantNamed } from "../../src/variants.ts";
import { openWaiting } from "./waiting.ts";

const undone: FaultPlan = [{ kind: "server-error", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3] }];
const batch = above({ name: "anew", ends: "SHIPPED" });
const placed = refOf(batch.placements[0]!);

describe.each(["choreography", "orchestration", "durable"].map(variantNamed))("an approver of the $name", (variant) => {
  test("is asked again about an order that begins anew, and his first answer counts no more", async () => {
    const { deployment } = await openWaiting(variant, { faults: new Injection(undone) });
    const status = async () => endOf(await readEvidence(deployment.table, placed));
    const grant = (by: string) => decideAbout(deployment, placed.orderId, { by, decision: "granted" });
    await enterBatch(batch, deployment);
    await deployment.pass(60);
    expect((await grant("ada")).exitCode).toBe(exit.valid);
    await deployment.settle([placed]);
    expect(await status()).toBe("INVENTORY_RELEASED");

    const at = deployment.now();
    await deployment.coordination.remedies["again"]!.apply({ placed: [placed], from: at, to: at, events: [] });
    await deployment.pass(60);
    expect(await status()).toBe("AWAITING_APPROVAL");
    expect((await readEvidence(deployment.table, placed)).row).not.toHaveProperty("approval");
    expect((await grant("grace")).says).toContain("was granted by grace");
    await deployment.settle([placed]);
    expect(await status()).toBe("SHIPPED");
  });
});
