// The entry of the bundle: the handler of whichever step the function is for.
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { publishTo } from "@ovsc/shared/publish";
import { onEvent } from "./on-event.ts";

const { STEP_NAME, TABLE_NAME, BUS_NAME, APPROVAL_ABOVE_CENTS } = process.env;

export const handler = onEvent(
  STEP_NAME as StepName,
  portsIn(TABLE_NAME!, { saysFacts: true, approvalAboveCents: APPROVAL_ABOVE_CENTS }),
  publishTo(BUS_NAME!),
);
