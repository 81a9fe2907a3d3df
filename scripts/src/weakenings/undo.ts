import {
  chargeExhausted,
  chargeExhaustedMay,
  chargeInvocations,
  definition,
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
];
