import { everywhere } from "./everywhere.ts";
import {
  chargeExhausted,
  chargeExhaustedMay,
  chargeInvocations,
  definition,
  refundInvocations,
  refundPayment,
  releaseInventory,
} from "./template-paths.ts";
import type { SourcePatch, Weakening } from "./weakening.ts";

const releaseFromReserved: SourcePatch = {
  file: "shared/src/lifecycle.ts",
  find: 'ReleaseStarted: { from: ["PAYMENT_DECLINED",',
  replace: 'ReleaseStarted: { from: ["RESERVED", "PAYMENT_DECLINED",',
};

/** What brings an order back whose step failed for good, whatever it failed with. */
export const undo: readonly Weakening[] = [
  {
    name: "catch-by-name",
    defence: "Any failure of a step leads to its undo, and not only those that the step knows by name.",
    in: {
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/States/ChargePayment/Catch/3/ErrorEquals`, value: ["States.ALL"] },
            {
              op: "replace",
              path: `${definition}/States/ChargePayment/Catch/3/ErrorEquals`,
              value: ["PaymentTimedOut"],
            },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "out-of-memory", dependency: "lambda", step: "ChargePayment", attempts: [1, 2, 3] }],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "stuck in RESERVED",
  },
  {
    name: "no-failure-destination",
    defence: "A step that failed on its last try is told of, so that its undo begins.",
    in: {
      choreography: [
        {
          template: [
            { op: "test", path: `${chargeInvocations}/MaximumRetryAttempts`, value: 2 },
            { op: "remove", path: `${chargeInvocations}/DestinationConfig` },
          ],
        },
      ],
    },
    story: { scenario: "charge-answer-lost" },
    finding: "stuck in RESERVED",
  },
  {
    name: "lost-answer-to-release-alone",
    defence: "A charge that nobody answered is undone as if it had happened, before its stock is released.",
    in: {
      choreography: [
        releaseFromReserved,
        {
          template: [
            { op: "test", path: `${chargeExhausted}/Targets/0/Arn/Fn::GetAtt/0`, value: refundPayment },
            { op: "replace", path: `${chargeExhausted}/Targets/0/Arn/Fn::GetAtt/0`, value: releaseInventory },
            { op: "test", path: `${chargeExhaustedMay}/FunctionName/Fn::GetAtt/0`, value: refundPayment },
            { op: "replace", path: `${chargeExhaustedMay}/FunctionName/Fn::GetAtt/0`, value: releaseInventory },
          ],
        },
      ],
      orchestration: [
        releaseFromReserved,
        {
          template: [
            { op: "test", path: `${definition}/States/ChargePayment/Catch/3/Next`, value: "RefundPayment" },
            { op: "replace", path: `${definition}/States/ChargePayment/Catch/3/Next`, value: "ReleaseInventory" },
          ],
        },
      ],
    },
    story: { scenario: "charge-answer-lost" },
    finding: "INVENTORY_RELEASED with 4998 cents kept instead of 0",
  },
  {
    name: "no-answer-taken-for-no",
    defence: "A charge without an answer is not declined: it may have happened, so it is undone.",
    in: everywhere({
      file: "shared/src/steps/charge-payment.ts",
      find: 'refusals: [{ error: PaymentDeclined, leadsTo: "PaymentDeclined" }],',
      replace: `refusals: [
        { error: PaymentDeclined, leadsTo: "PaymentDeclined" },
        { error: PaymentTimedOut, leadsTo: "PaymentDeclined" },
      ],`,
    }),
    story: { scenario: "charge-answer-lost" },
    finding: "INVENTORY_RELEASED with 4998 cents kept instead of 0",
  },
  {
    name: "no-void-of-shipment",
    defence: "A shipment without an answer is voided, so that no goods leave for money that goes back.",
    in: everywhere({
      file: "shared/src/steps/refund-payment.ts",
      find: 'await carrier.void({ orderId, shipmentKey: keyOf("ShipOrder") });',
      replace: "void carrier;",
    }),
    story: { scenario: "shipping-answer-lost" },
    finding: "INVENTORY_RELEASED with 1 shipments instead of 0",
  },
  {
    name: "no-undo-of-a-decline",
    defence: "A decline that nobody heard of is undone as a whole, so that its stock is not held for ever.",
    // An execution looks where the row is, and goes on from the decline.
    in: {
      choreography: [
        {
          file: "shared/src/lifecycle.ts",
          find: '"PAYMENT_DECLINED", "SHIPPING_FAILED", ...statusesOfApproval]',
          replace: '"SHIPPING_FAILED", ...statusesOfApproval]',
        },
      ],
    },
    story: {
      scenario: "declined",
      faults: [{ kind: "entry-refused", dependency: "event-bus", step: "ChargePayment", attempts: [1, 2, 3] }],
    },
    finding: "stuck in PAYMENT_DECLINED",
  },
  {
    name: "no-undo-without-row",
    defence: "An order that CreateOrder never wrote is written by its undo, so that it comes to an end by itself.",
    in: everywhere({
      file: "shared/src/steps/refund-payment.ts",
      find: '  whereNoRowIs: "RefundStarted",\n',
      replace: "",
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-before", dependency: "order-table", step: "CreateOrder", attempts: [1, 2, 3] }],
      ends: ["INVENTORY_RELEASED"],
    },
    finding: "must end INVENTORY_RELEASED",
  },
  {
    name: "no-parking",
    defence: "An undo that failed on its last try is given to a person.",
    in: {
      choreography: [
        {
          template: [
            { op: "test", path: `${refundInvocations}/MaximumRetryAttempts`, value: 2 },
            { op: "remove", path: `${refundInvocations}/DestinationConfig` },
          ],
        },
      ],
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/States/RefundPayment/Catch/2/Next`, value: "ParkOrder" },
            { op: "remove", path: `${definition}/States/RefundPayment/Catch/2` },
          ],
        },
      ],
    },
    story: { scenario: "refund-fails" },
    finding: "stuck in REFUNDING",
  },
  {
    name: "no-parking-without-row",
    defence: "An order that neither CreateOrder nor its undo ever wrote is written when it is parked.",
    in: everywhere({
      file: "shared/src/steps/park-order.ts",
      find: '  whereNoRowIs: "RefundStarted",\n',
      replace: "",
    }),
    story: {
      scenario: "happy",
      faults: [
        { kind: "fail-before", dependency: "order-table", step: "CreateOrder", attempts: [1, 2, 3] },
        { kind: "fail-before", dependency: "order-table", step: "RefundPayment", attempts: [1, 2, 3] },
      ],
      ends: ["NEEDS_ATTENTION"],
    },
    finding: "was never created",
  },
  {
    name: "no-reason",
    defence: "A parked order says what its undo failed for.",
    in: everywhere({
      file: "shared/src/steps/park-order.ts",
      find: "(reason ? { reason } : {})",
      replace: "({})",
    }),
    story: { scenario: "refund-fails" },
    finding: "NEEDS_ATTENTION without a reason",
  },
];
