import { everywhere } from "./everywhere.ts";
import type { Weakening } from "./weakening.ts";

/** It arrives when its order was undone. */
const lateOnEveryTry = { kind: "late-effect" as const, attempts: [1, 2, 3], seconds: 900 };

/** What keeps money, stock and parcels to once for each order, and to none for an order that was undone. */
export const ledgers: readonly Weakening[] = [
  {
    name: "no-key-for-charge",
    defence: "A charge that is asked for again is the same charge, since it has the same idempotency key.",
    in: everywhere({
      file: "shared/src/steps/charge-payment.ts",
      find: 'idempotencyKey: keyOf("ChargePayment"),',
      replace: 'idempotencyKey: `${keyOf("ChargePayment")}:${Date.now()}`,',
    }),
    story: { scenario: "charge-answer-lost-once" },
    finding: "charged 3 times",
  },
  {
    name: "no-key-for-shipment",
    defence: "A shipment that is asked for again is the same shipment, since it has the same idempotency key.",
    in: everywhere({
      file: "shared/src/steps/ship-order.ts",
      find: 'idempotencyKey: keyOf("ShipOrder")',
      replace: 'idempotencyKey: `${keyOf("ShipOrder")}:${Date.now()}`',
    }),
    story: { scenario: "shipping-answer-lost-once" },
    finding: "shipped 3 times",
  },
  {
    name: "no-key-for-reservation",
    defence: "A reservation that is asked for again is the same reservation, since it has the same idempotency key.",
    in: everywhere({
      file: "shared/src/steps/reserve-inventory.ts",
      find: 'idempotencyKey: keyOf("ReserveInventory")',
      replace: 'idempotencyKey: `${keyOf("ReserveInventory")}:${Date.now()}`',
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "inventory", step: "ReserveInventory", attempts: [1] }],
    },
    finding: "SHIPPED with 4 units held instead of 2",
  },
  {
    name: "no-tombstone-for-charge",
    defence: "A charge that never arrived is voided under its key, so that it is refused when it arrives after all.",
    in: everywhere({
      file: "shared/src/aws/payments.ts",
      find: 'table.putOnce<LedgerRow<"CHARGE">>(tombstone)',
      replace: "table.get<typeof tombstone>(key)",
    }),
    story: {
      scenario: "happy",
      faults: [{ ...lateOnEveryTry, dependency: "payment-gateway", step: "ChargePayment" }],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "INVENTORY_RELEASED with 4998 cents kept instead of 0",
  },
  {
    name: "no-tombstone-for-shipment",
    defence: "A shipment that never arrived is voided under its key, so that it is refused when it arrives after all.",
    in: everywhere({
      file: "shared/src/aws/carrier.ts",
      find: 'await table.putOnce<LedgerRow<"SHIPMENT">>({',
      replace: '(await table.get<LedgerRow<"SHIPMENT">>(key)) ?? ({',
    }),
    story: {
      scenario: "happy",
      faults: [{ ...lateOnEveryTry, dependency: "carrier", step: "ShipOrder" }],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "INVENTORY_RELEASED with 1 shipments instead of 0",
  },
  {
    name: "no-tombstone-for-reservation",
    defence: "A reservation that never arrived is released under its key, so that it holds nothing when it arrives.",
    in: everywhere({
      file: "shared/src/aws/inventory.ts",
      find: 'table.putOnce<LedgerRow<"RESERVATION">>(tombstone)',
      replace: "table.get<typeof tombstone>(key)",
    }),
    story: {
      scenario: "happy",
      faults: [{ ...lateOnEveryTry, dependency: "inventory", step: "ReserveInventory" }],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "INVENTORY_RELEASED with 2 units held instead of 0",
  },
  {
    name: "refusal-without-key",
    defence: "A refusal takes the key too, so that a late reservation cannot hold units for an order that was told no.",
    in: everywhere({
      file: "shared/src/aws/inventory.ts",
      find: "(await table.putOnce(refused)) ?? refused",
      replace: "(await table.get<typeof refused>(key)) ?? refused",
    }),
    story: {
      scenario: "last-unit",
      faults: [
        {
          kind: "late-effect",
          dependency: "inventory",
          step: "ReserveInventory",
          order: "last-unit-order-2",
          attempts: [1],
          seconds: 900,
        },
        {
          kind: "fail-before",
          dependency: "payment-gateway",
          step: "ChargePayment",
          order: "last-unit-order-1",
          attempts: [1, 2, 3],
        },
      ],
      ends: ["INVENTORY_FAILED", "INVENTORY_RELEASED"],
    },
    finding: "INVENTORY_FAILED with 1 units held instead of 0",
  },
  {
    name: "reservation-in-two-writes",
    defence: "Stock and reservation change in one transaction, so that a crash between them loses no unit.",
    in: everywhere({
      file: "shared/src/aws/inventory.ts",
      find: `          },
          { Put: { TableName: table.name, Item: row,`,
      replace: `          },
        ]);
        await table.transact([
          { Put: { TableName: table.name, Item: row,`,
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "inventory", step: "ReserveInventory", attempts: [1], call: 1 }],
    },
    finding: "stock is not conserved: TEAPOT: 10 units were on the shelf, 6 are, and orders hold 2",
  },
  {
    name: "release-in-two-writes",
    defence: "Stock and reservation change in one transaction, so that a crash between them gives no unit back twice.",
    in: everywhere({
      file: "shared/src/aws/inventory.ts",
      find: '          { Update: stateChange(table, key, { from: "HELD", to: "RELEASED" }) },',
      replace: `        ]);
        await table.transact([
          { Update: stateChange(table, key, { from: "HELD", to: "RELEASED" }) },`,
    }),
    story: {
      scenario: "declined",
      faults: [{ kind: "fail-after", dependency: "inventory", step: "ReleaseInventory", attempts: [1], call: 2 }],
    },
    finding: "stock is not conserved: TEAPOT: 10 units were on the shelf, 12 are, and orders hold 0",
  },
  {
    name: "refund-in-two-writes",
    defence: "Charge and refund change in one transaction, so that a crash between them keeps nobody's money.",
    in: everywhere({
      file: "shared/src/aws/payments.ts",
      find: '          { Update: stateChange(table, key, { from: "CHARGED", to: "REFUNDED" }) },',
      replace: `          { Update: stateChange(table, key, { from: "CHARGED", to: "REFUNDED" }) },
        ]);
        await table.transact([`,
    }),
    story: {
      scenario: "shipping-refused",
      faults: [{ kind: "fail-after", dependency: "payment-gateway", step: "RefundPayment", attempts: [1], call: 2 }],
    },
    finding: "the charge is REFUNDED, and 0 refunds gave back nothing",
  },
  {
    name: "reservation-counted-again",
    defence: "A reservation is entered only where its key is free, so that the same request counts stock out once.",
    in: everywhere({
      file: "shared/src/aws/inventory.ts",
      find: '{ Put: { TableName: table.name, Item: row, ConditionExpression: "attribute_not_exists(pk)" } }',
      replace: "{ Put: { TableName: table.name, Item: row } }",
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "inventory", step: "ReserveInventory", attempts: [1] }],
    },
    finding: "stock is not conserved: TEAPOT: 10 units were on the shelf, 6 are, and orders hold 2",
  },
  {
    name: "undo-without-condition",
    defence: "A ledger's entry is undone only from the state it was read in, so that a late undo finds it undone.",
    in: everywhere({
      file: "shared/src/aws/table.ts",
      find: 'ConditionExpression: "#state = :from"',
      replace: 'ConditionExpression: "#state = :from OR attribute_exists(pk)"',
    }),
    story: {
      scenario: "declined",
      faults: [
        {
          kind: "late-effect",
          dependency: "inventory",
          step: "ReleaseInventory",
          attempts: [1],
          call: 2,
          seconds: 900,
        },
      ],
    },
    finding: "stock is not conserved: TEAPOT: 10 units were on the shelf, 12 are, and orders hold 0",
  },
];
