import { everywhere } from "./everywhere.ts";
import type { Weakening } from "./weakening.ts";

const schedule = "/Resources/SweeperSchedule37615569/Properties";

/** What brings an order on whose news was lost for good. */
export const sweeping: readonly Weakening[] = [
  {
    name: "no-sweeper",
    defence: "An order whose news is lost for good is found by the sweeper, so that it does not rest for ever.",
    in: everywhere({
      template: [
        { op: "test", path: `${schedule}/State`, value: "ENABLED" },
        { op: "replace", path: `${schedule}/State`, value: "DISABLED" },
      ],
    }),
    story: {
      scenario: "charge-answer-lost",
      faults: [{ kind: "record-lost", dependency: "failure-destination", step: "ChargePayment", attempts: [1] }],
      sweeper: "acts",
    },
    finding: "stuck in RESERVED",
    otherwise: {
      orchestration: {
        story: {
          scenario: "refund-fails",
          faults: [{ kind: "out-of-memory", dependency: "lambda", step: "ParkOrder", attempts: [1, 2, 3] }],
          sweeper: "acts",
        },
        finding: "stuck in REFUNDING",
      },
    },
  },
  {
    name: "nothing-marked-unsaid",
    defence: "A row that is settled stays open until that is said, so that the sweeper finds what nobody heard.",
    in: {
      choreography: [
        {
          file: "shared/src/aws/order-row.ts",
          find: "const isOpen = saysFacts || !isSettled(to);",
          replace: "const isOpen = !isSettled(to);",
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "entry-refused", dependency: "event-bus", step: "ShipOrder", attempts: [1, 2, 3] }],
      sweeper: "acts",
    },
    finding: "SHIPPED, and OrderShipped was never published",
  },
  {
    name: "said-not-noted",
    defence: "A row notes that its end was said, so that the sweeper leaves it alone from then on.",
    in: {
      choreography: [
        {
          file: "shared/src/aws/publish.ts",
          find: "if (isSettled(lifecycle[reached.event].to)) await ports.orders.said(reached.record, reached.event);",
          replace: "void [isSettled, lifecycle, ports];",
        },
      ],
    },
    story: { scenario: "happy", sweeper: "idle" },
    finding: "took the sweeper to come to an end",
  },
  {
    name: "sweeps-not-counted",
    defence: "The sweeper counts what it did in vain, so that it undoes or parks an order that nothing brings on.",
    // An execution that is begun again goes back by its own Catch.
    in: {
      choreography: [
        {
          file: "shared/src/aws/open-orders.ts",
          find: '":now": sweeps + 1',
          replace: '":now": sweeps',
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [
        { kind: "out-of-memory", dependency: "lambda", step: "ChargePayment", attempts: "every" },
        { kind: "record-lost", dependency: "failure-destination", step: "ChargePayment", attempts: "every" },
      ],
      ends: ["INVENTORY_RELEASED"],
      sweeper: "acts",
    },
    finding: "stuck in RESERVED",
  },
];
