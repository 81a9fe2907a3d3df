// The entry of the bundle: the handler of whichever step the function is for.
import { asTask } from "@ovsc/orchestration/as-task";
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { asInvoked } from "./as-invoked.ts";

const { STEP_NAME, TABLE_NAME, APPROVAL_ABOVE_CENTS } = process.env;
const ports = portsIn(TABLE_NAME!, { saysFacts: false, approvalAboveCents: APPROVAL_ABOVE_CENTS });

export const handler = asInvoked(asTask(STEP_NAME as StepName, ports));
