// The entry of the workflow's bundle.
import type { TaskPayload } from "@ovsc/orchestration/as-task";
import { portsIn } from "@ovsc/shared/aws";
import type { Answer } from "./as-invoked.ts";
import { durably } from "./durably.ts";
import { functionOf } from "./function-of.ts";

const { TABLE_NAME, RETRY_DELAYS } = process.env;

export const handler = durably(
  { orders: portsIn(TABLE_NAME!, { saysFacts: false }).orders, delays: RETRY_DELAYS! },
  (step, payload, context) => context.invoke<TaskPayload, Answer>(step, process.env[functionOf(step)]!, payload),
);
