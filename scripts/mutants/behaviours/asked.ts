import { isDeepStrictEqual } from "node:util";
import { type OrderStatus, refOf } from "@ovsc/shared";
import { askPlacement, askRow, askServices, readEvidence } from "@ovsc/shared/aws";
import type { Ending } from "@ovsc/shared/variant";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { ofEachVariant, open, type Part } from "./behaviour.ts";

const answers = {
  happy: ["SHIPPED", "TAKEN", { RESERVATION: "HELD", CHARGE: "CHARGED", SHIPMENT: "SHIPPED" }],
  declined: ["INVENTORY_RELEASED", "TAKEN", { RESERVATION: "RELEASED", CHARGE: "DECLINED" }],
} as const;

/** Whoever asks where an order is gets the answer of the row, of the placement, of each service, and of its record. */
export const asked = (): Part[] =>
  ofEachVariant((variant) =>
    Object.entries(answers).map(([name, expected]) => ({
      name,
      async wrong() {
        const deployment = await open(variant);
        const { table } = deployment;
        const batch = batchOf(scenarioNamed(name, "pnpm mutants"), "");
        const [placed] = batch.placements.map(refOf) as [ReturnType<typeof refOf>];
        const { row: none, document } = await readEvidence(table, placed);
        const before = [
          none,
          document,
          await askRow(table, placed.orderId),
          await askPlacement(table, placed.placementId),
        ];
        const placedAt = deployment.now();
        await runBatch(batch, deployment);
        const row = await askRow(table, placed.orderId);
        const placement = await askPlacement(table, placed.placementId);
        const seen = [row?.status, placement?.state, await askServices(table, placed)];
        return [
          ...(before.every((each) => each === undefined) ? [] : ["something was there before"]),
          ...(isDeepStrictEqual(seen, expected) ? [] : [`it is said to be ${JSON.stringify(seen)}`]),
          ...wrongRecord(await deployment.coordination.ending(placed), row?.status),
          ...(placement?.placedAtMs === Date.parse(placedAt) ? [] : [`placed at ${placement?.placedAtMs}`]),
        ];
      },
    })),
  );

/** Who keeps a record of an order that shipped gives out in it how far it came. */
function wrongRecord(ending: Ending | undefined, status: OrderStatus | undefined): string[] {
  if (ending?.tells !== "SHIPPED") return [];
  const { reached } = { ...(ending.output as { readonly reached?: OrderStatus } | undefined) };
  return reached === status ? [] : [`its record says that it came to ${reached}`];
}
