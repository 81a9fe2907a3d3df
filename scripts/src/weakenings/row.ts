import { everywhere } from "./everywhere.ts";
import type { Weakening } from "./weakening.ts";

/** What keeps an order's row to what happened, whoever writes to it and however late. */
export const row: readonly Weakening[] = [
  {
    name: "message-trusted",
    defence: "A message only says that it is time to look, so that what was done is not done once more.",
    in: everywhere({
      file: "shared/src/steps/effect-step.ts",
      find: "const decision = decide(record.status, milestonesOf(step));",
      replace: 'const decision = { kind: "advance" } as ReturnType<typeof decide>;',
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "order-table", step: "ReserveInventory", attempts: [1], call: 2 }],
    },
    finding: "must end SHIPPED",
  },
  {
    name: "no-resume",
    defence: "A step that finds its work done says so again, so that a crash before it said so strands no order.",
    in: everywhere({
      file: "shared/src/steps/effect-step.ts",
      find: 'if (decision.kind === "ignore") throw',
      replace: 'if (decision.kind !== "advance") throw',
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "order-table", step: "ShipOrder", attempts: [1], call: 2 }],
    },
    finding: "SHIPPED, and OrderShipped was never published",
    // It looks where the row is and goes on from there, and never gets past the last step.
    otherwise: { orchestration: { finding: "SHIPPED, and its record says FAILED as States.Runtime" } },
  },
  {
    name: "move-without-status",
    defence: "A move finds the status that it leads away from, so that one that comes late changes nothing.",
    in: everywhere({
      file: "shared/src/aws/order-row.ts",
      find: '`#status IN (${Object.keys(found).join(", ")})`',
      replace: '`(attribute_exists(pk) OR #status IN (${Object.keys(found).join(", ")}))`',
    }),
    story: {
      scenario: "happy",
      faults: [
        {
          kind: "late-effect",
          dependency: "order-table",
          step: "ChargePayment",
          attempts: [1, 2, 3],
          call: 2,
          seconds: 900,
        },
      ],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "stuck in CHARGED",
  },
  {
    name: "no-claim",
    defence: "An undo claims the order before it begins, so that a step still under way finds its own move illegal.",
    in: everywhere(
      { file: "shared/src/steps/refund-payment.ts", find: '  begins: "RefundStarted",\n', replace: "" },
      {
        file: "shared/src/lifecycle.ts",
        find: 'PaymentRefunded: { from: ["REFUNDING"]',
        replace: 'PaymentRefunded: { from: ["PENDING", "RESERVED", "CHARGED", "SHIPPING_FAILED", "REFUNDING"]',
      },
    ),
    story: {
      scenario: "happy",
      faults: [
        { kind: "fail-before", dependency: "carrier", step: "ShipOrder", attempts: [1, 2] },
        // Its move comes two seconds after it timed out, while the carrier takes five to void the shipment.
        { kind: "late-effect", dependency: "order-table", step: "ShipOrder", attempts: [3], call: 2, seconds: 12 },
        { kind: "slow-answer", dependency: "carrier", step: "RefundPayment", attempts: [1], seconds: 5 },
      ],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "SHIPPED with 0 shipments instead of 1",
  },
  {
    name: "way-back-from-shipped",
    defence: "Nothing leads back from SHIPPED, so that a ShipOrder that fails once all is done undoes nothing.",
    in: everywhere({
      file: "shared/src/lifecycle.ts",
      find: '"SHIPPING_FAILED", ...statusesOfApproval]',
      replace: '"SHIPPING_FAILED", "SHIPPED", ...statusesOfApproval]',
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "event-bus", step: "ShipOrder", attempts: [1, 2, 3] }],
    },
    finding: "OrderShipped was published, and it is INVENTORY_RELEASED",
    otherwise: {
      orchestration: {
        story: {
          scenario: "happy",
          faults: [
            { kind: "fail-after", dependency: "order-table", step: "ShipOrder", attempts: [1], call: 2 },
            { kind: "out-of-memory", dependency: "lambda", step: "ShipOrder", attempts: [2, 3] },
          ],
        },
        finding: "must end SHIPPED",
      },
    },
  },
  {
    name: "no-fencing",
    defence: "A row is only its own placement's to move, so that nobody undoes another's order by its orderId.",
    in: everywhere(
      {
        file: "shared/src/steps/take-placement.ts",
        find: "if (record?.placementId === placementId) return record;",
        replace: "if (record) return record;",
      },
      {
        file: "shared/src/steps/effect-step.ts",
        find: "if (record.placementId !== message.placementId) throw new OrderConflict(message.orderId);",
        replace: "",
      },
    ),
    story: {
      scenario: "order-id-taken",
      faults: [
        // The second placement's CreateOrder fails for good while the first one's order waits for its shipment.
        { kind: "fail-before", dependency: "order-table", step: "CreateOrder", attempts: [2, 3, 4] },
        { kind: "throttle", dependency: "lambda", step: "ShipOrder", from: 0, until: 200 },
      ],
    },
    finding: "orders must end SHIPPED and REJECTED, in any order",
  },
  {
    name: "no-conflict-check",
    defence: "A placement under an orderId that is taken is told so at once.",
    in: everywhere({
      file: "shared/src/steps/take-placement.ts",
      find: "    if (record) throw new OrderConflict(orderId);\n",
      replace: "",
    }),
    story: { scenario: "order-id-taken" },
    finding: "was never created",
  },
  {
    name: "no-rejection",
    defence: "A placement keeps why it was rejected, so that its client is told.",
    in: everywhere({
      file: "shared/src/steps/take-placement.ts",
      find: "await ports.placements.reject(placementId, { error: name, message: why });",
      replace: "void [name, why];",
    }),
    story: { scenario: "order-id-taken" },
    finding: "was never created",
  },
  {
    name: "create-without-condition",
    defence: "A row is written only where there is none, so that one that comes late overwrites nobody's order.",
    in: everywhere({
      file: "shared/src/aws/order-row.ts",
      find: '{ Put: { TableName: table.name, Item: row, ConditionExpression: "attribute_not_exists(pk)" } }',
      replace: "{ Put: { TableName: table.name, Item: row } }",
    }),
    story: {
      scenario: "order-id-taken",
      faults: [
        { kind: "late-effect", dependency: "order-table", step: "CreateOrder", attempts: [1], call: 3, seconds: 30 },
      ],
    },
    finding: "charges without an order",
  },
  {
    name: "create-in-two-writes",
    defence: "Row and document change in one transaction, so that a crash between them leaves no document open.",
    in: everywhere({
      file: "shared/src/aws/order-row.ts",
      find: "          { Update: taken(table, placementId) },",
      replace: "        ]);\n        await table.transact([\n          { Update: taken(table, placementId) },",
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "order-table", step: "CreateOrder", attempts: [1], call: 3 }],
    },
    finding: "is SHIPPED, and its document is PLACED",
  },
  {
    name: "taken-passes-for-malformed",
    defence: "A document that became an order between two looks is no malformed one: the step looks again.",
    in: everywhere({
      file: "shared/src/steps/take-placement.ts",
      find: '  if (placement.state === "TAKEN") return undefined;\n',
      replace: "",
    }),
    story: {
      scenario: "happy",
      faults: [
        // The row comes while the second try waits to hear that there is none.
        { kind: "late-effect", dependency: "order-table", step: "CreateOrder", attempts: [1], call: 3, seconds: 72 },
        { kind: "slow-answer", dependency: "order-table", step: "CreateOrder", attempts: [2], call: 1, seconds: 5 },
      ],
    },
    finding: "stuck in PENDING",
  },
];
