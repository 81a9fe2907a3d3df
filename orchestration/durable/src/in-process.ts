// The entry of the bundle of a workflow that runs the steps itself.
import { asTask } from "@ovsc/orchestration/as-task";
import { portsIn } from "@ovsc/shared/aws";
import { asInvoked } from "./as-invoked.ts";
import { durably } from "./durably.ts";

const { TABLE_NAME, RETRY_DELAYS, APPROVAL_ABOVE_CENTS } = process.env;
const ports = portsIn(TABLE_NAME!, { saysFacts: false, approvalAboveCents: APPROVAL_ABOVE_CENTS });

/** The workflow itself tries again: see `workflow`. */
const once = { retryStrategy: () => ({ shouldRetry: false }) };

export const handler = durably({ orders: ports.orders, delays: RETRY_DELAYS! }, (step, payload, context) =>
  context.step(step, () => asInvoked(asTask(step, ports))(payload), once),
);
