// The entry of the bundle: the handler of whichever step the function is for.
import { asTask } from "@ovsc/orchestration/as-task";
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";

const { STEP_NAME, TABLE_NAME, APPROVAL_ABOVE_CENTS } = process.env;

export const handler = asTask(
  STEP_NAME as StepName,
  portsIn(TABLE_NAME!, { saysFacts: false, refusesAboveCents: APPROVAL_ABOVE_CENTS }),
);
