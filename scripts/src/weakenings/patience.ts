import { everywhere } from "./everywhere.ts";
import { chargeInvocations, createdTarget, definition } from "./template-paths.ts";
import type { Weakening } from "./weakening.ts";

/** What keeps an order alive until a failure has passed. */
export const patience: readonly Weakening[] = [
  {
    name: "no-retry",
    defence: "A step that failed is tried again, so that a failure which passes costs no order.",
    in: {
      choreography: [
        {
          template: [
            { op: "test", path: `${chargeInvocations}/MaximumRetryAttempts`, value: 2 },
            { op: "replace", path: `${chargeInvocations}/MaximumRetryAttempts`, value: 0 },
          ],
        },
      ],
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/States/ChargePayment/Retry/2/MaxAttempts`, value: 2 },
            { op: "replace", path: `${definition}/States/ChargePayment/Retry/2/MaxAttempts`, value: 0 },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "fail-before", dependency: "payment-gateway", step: "ChargePayment", attempts: [1] }],
    },
    finding: "must end SHIPPED",
  },
  {
    name: "throttle-counts-as-failure",
    defence: "Lambda's throttling uses up no attempt of a step, and is waited out for an hour.",
    in: {
      choreography: [
        {
          template: [
            { op: "test", path: `${chargeInvocations}/MaximumEventAgeInSeconds`, value: 3_600 },
            { op: "replace", path: `${chargeInvocations}/MaximumEventAgeInSeconds`, value: 60 },
          ],
        },
      ],
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/States/ChargePayment/Retry/1/MaxAttempts`, value: 19 },
            { op: "remove", path: `${definition}/States/ChargePayment/Retry/1` },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "throttle", dependency: "lambda", step: "ChargePayment", from: 0, until: 300 }],
    },
    finding: "must end SHIPPED",
  },
  {
    name: "machine-times-out-first",
    defence: "The state machine's own timeout, which runs no Catch, exceeds all that its steps may take.",
    in: {
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/TimeoutSeconds`, value: 30_517 },
            { op: "replace", path: `${definition}/TimeoutSeconds`, value: 300 },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "throttle", dependency: "lambda", step: "ChargePayment", from: 0, until: 600 }],
    },
    finding: "stuck in RESERVED",
  },
  {
    name: "no-redelivery",
    defence: "An event that a rule cannot hand to its target is tried again.",
    in: {
      choreography: [
        {
          template: [
            { op: "test", path: `${createdTarget}/RetryPolicy/MaximumRetryAttempts`, value: 185 },
            { op: "replace", path: `${createdTarget}/RetryPolicy/MaximumRetryAttempts`, value: 0 },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [{ kind: "delivery-failed", dependency: "rule-target", step: "ReserveInventory", attempts: [1] }],
    },
    finding: "stuck in PENDING",
  },
  {
    name: "no-wait-for-conflicts",
    defence: "A transaction that meets another is tried again at once, so that a popular SKU fails no order.",
    in: everywhere({
      file: "shared/src/aws/table.ts",
      find: "const mostAttempts = 5;",
      replace: "const mostAttempts = 1;",
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "conflict", dependency: "inventory", step: "ReserveInventory", attempts: [1, 2, 3], call: 1 }],
    },
    finding: "must end SHIPPED",
  },
  {
    name: "where-is-it-asked-once",
    defence: "An execution that cannot read where its order is asks again, so that it goes on with its order.",
    in: {
      orchestration: [
        {
          template: [
            { op: "test", path: `${definition}/States/WhereIsIt/Retry/0/MaxAttempts`, value: 2 },
            { op: "remove", path: `${definition}/States/WhereIsIt/Retry` },
          ],
        },
      ],
    },
    story: {
      scenario: "happy",
      faults: [
        { kind: "fail-before", dependency: "carrier", step: "ShipOrder", attempts: [1, 2] },
        { kind: "fail-after", dependency: "order-table", step: "ShipOrder", attempts: [3], call: 2 },
        { kind: "slow-answer", dependency: "order-table", step: "RefundPayment", attempts: [1], seconds: 5 },
        { kind: "server-error", dependency: "order-table", from: 184, until: 186 },
      ],
    },
    finding: "SHIPPED, and its record says FAILED as DynamoDB.InternalServerErrorException",
  },
];
