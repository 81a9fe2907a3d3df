import { definition } from "./template-paths.ts";
import type { Weakening } from "./weakening.ts";

/** What keeps everybody to what the row says: what is published, heard, and told by an execution. */
export const news: readonly Weakening[] = [
  {
    name: "reference",
    defence: "Messages say whose order it is, and only the row has what is in it, so that a large order ships too.",
    in: {
      choreography: [
        {
          file: "shared/src/event.ts",
          find: "z.object(eventContracts[name])",
          replace: "z.looseObject(eventContracts[name])",
        },
      ],
      orchestration: [
        {
          file: "orchestration/src/as-task.ts",
          find: "return { ...refOfRow(record), status",
          replace: "return { ...record.order, ...refOfRow(record), status",
        },
      ],
    },
    borne: {
      choreography:
        "An event on the bus may have 1 MB since January 2026, and so may one in Lambda's queue: the order ships. " +
        "But its name, address and token are in every event and in the archive, and each event is billed as five.",
    },
    story: { scenario: "large-order" },
    finding: "must end SHIPPED",
  },
  {
    name: "failed-entries-ignored",
    defence: "An event that the bus answered for and did not take is said again.",
    in: {
      choreography: [
        {
          file: "shared/src/aws/publish.ts",
          find: "if (FailedEntryCount) throw new EventNotPublished(name, Entries?.[0]?.ErrorCode);",
          replace: "void [FailedEntryCount, Entries, EventNotPublished];",
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "entry-refused", dependency: "event-bus", step: "ReserveInventory", attempts: [1] }],
    },
    finding: "stuck in RESERVED",
  },
  {
    name: "overtaken-fails",
    defence: "A step that finds its order moved on has nothing to do, which is no failure.",
    in: {
      choreography: [
        {
          file: "choreography/src/on-event.ts",
          find: "error instanceof OrderOvertaken || error instanceof OrderConflict",
          replace: "error instanceof OrderConflict",
        },
      ],
      orchestration: [
        {
          template: ["RefundPayment", "ParkOrder"].flatMap((step) => [
            { op: "test", path: `${definition}/States/${step}/Catch/1/ErrorEquals`, value: ["OrderOvertaken"] },
            { op: "remove", path: `${definition}/States/${step}/Catch/1` },
          ]),
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "event-bus", step: "ReserveInventory", attempts: [1] }],
    },
    finding: "left messages on the dead-letter queue",
    otherwise: {
      orchestration: {
        story: {
          scenario: "happy",
          faults: [
            { kind: "fail-after", dependency: "order-table", step: "ShipOrder", attempts: [1], call: 2 },
            { kind: "out-of-memory", dependency: "lambda", step: "ShipOrder", attempts: [2, 3] },
          ],
        },
        finding: "SHIPPED, and its record says FAILED as OrderOvertaken",
      },
    },
  },
  {
    name: "conflict-not-caught",
    defence: "An execution whose order is another placement's says that it was refused, and undoes nothing.",
    in: {
      orchestration: [
        {
          template: ["CreateOrder", "RefundPayment", "ParkOrder"].flatMap((step) => [
            { op: "test", path: `${definition}/States/${step}/Catch/0/Next`, value: "OrderRefused" },
            { op: "remove", path: `${definition}/States/${step}/Catch/0` },
          ]),
        },
      ],
    },
    story: { scenario: "order-id-taken" },
    finding: "its record must say: Order refused",
  },
  {
    name: "parked-passes-for-done",
    defence: "An execution that parked its order fails, so that a person finds it and redrives it after the repair.",
    in: {
      orchestration: [
        {
          file: "orchestration/src/as-task.ts",
          find: 'if (event === "OrderParked") throw new NeedsAttention();',
          replace: "void NeedsAttention;",
        },
      ],
    },
    story: { scenario: "refund-fails" },
    finding: "its record must say: Compensation failed, order needs attention",
  },
];
