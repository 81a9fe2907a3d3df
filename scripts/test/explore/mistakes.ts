import type { Variant } from "@ovsc/shared/variant";
import { synthesizeChanged } from "../../src/clouds/synthesize.ts";
import { type ExploredClouds, openClouds } from "../../src/explore/judged-run.ts";
import { pair, variants } from "../../src/variants.ts";
import { patchSource } from "../../src/weakenings/patch-source.ts";
import type { SourcePatch } from "../../src/weakenings/weakening.ts";

/** A variant's cloud with mistakes in its source. */
export async function mistaken(variant: Variant, patches: readonly SourcePatch[]): Promise<ExploredClouds> {
  const plugins = [patchSource(patches)];
  const assembly = await synthesizeChanged(variant, { thin: true, plugins, amend() {}, key: patches });
  return openClouds(variant, { assembly, thin: true });
}

/** Mistakes, by the file of the shortest schedule that leads to their damage; the last takes two faults. */
export const found: Readonly<Record<string, readonly SourcePatch[]>> = {
  "taken-between-two-looks": [
    {
      file: "shared/src/steps/take-placement.ts",
      find: '  if (placement.state === "TAKEN") return undefined;\n',
      replace: "",
    },
  ],
  "parked-before-it-was-created": [
    {
      file: "shared/src/steps/park-order.ts",
      find: 'whereNoRowIs: "RefundStarted"',
      replace: 'whereNoRowIs: "OrderParked"',
    },
  ],
  "parcel-after-its-undo": [
    {
      file: "shared/src/aws/carrier.ts",
      find: 'await table.putOnce<LedgerRow<"SHIPMENT">>({',
      replace: '(await table.get<LedgerRow<"SHIPMENT">>(key)) ?? ({',
    },
  ],
};

/** A parcel for each time that the carrier is asked. */
const aKeyForEachTry: SourcePatch = {
  file: "shared/src/steps/ship-order.ts",
  find: 'idempotencyKey: keyOf("ShipOrder")',
  replace: 'idempotencyKey: `${keyOf("ShipOrder")}:${crypto.randomUUID()}`',
};

/** A refusal that is forgotten when it is asked for the third time. */
const aRefusalTwice: SourcePatch = {
  file: "shared/src/aws/inventory.ts",
  find: "return answered((await table.putOnce(refused)) ?? refused, idempotencyKey);",
  replace: `const first = await table.putOnce(refused);
        const second = first && (await table.putOnce({ pk: row.pk, sk: \`LOST#\${row.sk}\` }));
        return second ? { reservationId: row.reservationId } : answered(first ?? refused, idempotencyKey);`,
};

/** An order written over another. */
const aRowThatIsThere: SourcePatch = {
  file: "shared/src/aws/order-row.ts",
  find: 'Item: row, ConditionExpression: "attribute_not_exists(pk)" } },',
  replace: "Item: row } },",
};

/** By another sign, where a try's parcel is voided by another key, before it comes to a second one. */
const foundFirst: Readonly<Record<string, string>> = {
  chain: "ends-with-its-shipments: INVENTORY_RELEASED with 1 shipments instead of 0",
};

/** One for each variant beside the pair: it shows that it is walked. */
export const plantedInOthers = variants
  .filter((variant) => !pair.includes(variant))
  .map(({ name }) => ({
    mistake: "a parcel for each time that the carrier is asked",
    variant: name,
    part: "happy/1-faults-0-duplicates",
    patches: [aKeyForEachTry],
    finding: foundFirst[name] ?? "shipped-once: shipped 2 times",
  }));

/** Mistakes of which each shows only where all of a part is walked. */
export const planted = [
  {
    mistake: "an order written over another's of the same id",
    variant: "choreography",
    part: "order-id-taken/0-faults-0-duplicates",
    patches: [aRowThatIsThere],
    finding: "created: was never created",
  },
  {
    mistake: "a placement that was taken by a write that came late",
    variant: "choreography",
    part: "happy/1-faults-0-duplicates",
    patches: found["taken-between-two-looks"]!,
    finding: "settled: stuck in PENDING",
  },
  {
    mistake: "a refusal that is forgotten at the third try, after two faults",
    variant: "orchestration",
    part: "out-of-stock/2-faults-0-duplicates",
    patches: [aRefusalTwice],
    finding: "ends-as-the-scenario-says: must end INVENTORY_FAILED",
  },
  {
    mistake: "stock that is read before it is written",
    variant: "orchestration",
    part: "last-unit/0-faults-0-duplicates",
    patches: [
      {
        file: "shared/src/aws/inventory.ts",
        find: 'UpdateExpression: "SET available = available - :quantity",',
        replace: 'UpdateExpression: "SET available = :left",',
      },
      {
        file: "shared/src/aws/inventory.ts",
        find: `ConditionExpression: "available >= :quantity",
              ExpressionAttributeValues: { ":quantity": quantity },`,
        replace: `ConditionExpression: "available > :least",
              ExpressionAttributeValues: await table.get(stockKey(sku)).then(({ available }) => ({
                ":left": available - quantity,
                ":least": available >= quantity ? -1000 : 1000,
              })),`,
      },
    ],
    finding: "stock-conserved: stock is not conserved: TEAPOT: 1 units were on the shelf, 0 are, and orders hold 2",
  },
  {
    mistake: "a parcel for each time that the carrier is asked",
    variant: "choreography",
    part: "happy/0-faults-1-duplicates",
    patches: [aKeyForEachTry],
    finding: "shipped-once: shipped 2 times",
  },
  {
    mistake: "a parcel for each of two executions of one start",
    variant: "express-async",
    part: "happy/0-faults-1-duplicates",
    patches: [aKeyForEachTry],
    finding: "shipped-once: shipped 2 times",
  },
  {
    mistake: "a parcel for each time that the carrier is asked",
    variant: "orchestration",
    part: "happy/1-faults-0-duplicates",
    patches: [aKeyForEachTry],
    finding: "shipped-once: shipped 2 times",
  },
  {
    mistake: "an order that is given to a person where its undo could have gone on",
    variant: "orchestration",
    part: "happy/1-faults-0-duplicates",
    patches: [
      {
        file: "shared/src/steps/refund-payment.ts",
        find: '  whereNoRowIs: "RefundStarted",\n',
        replace: "",
      },
    ],
    finding: "parked-after-all-tries: parked, though its undo could have gone on",
  },
] as const;
