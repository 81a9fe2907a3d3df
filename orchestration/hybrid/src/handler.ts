// The entry of the bundle: the handler of whichever step the function is for.
import { asTask } from "@ovsc/orchestration/as-task";
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { publishTo, say } from "@ovsc/shared/publish";

const { STEP_NAME, TABLE_NAME, BUS_NAME, APPROVAL_ABOVE_CENTS } = process.env;
const ports = portsIn(TABLE_NAME!, { saysFacts: true, approvalAboveCents: APPROVAL_ABOVE_CENTS });
const publish = publishTo(BUS_NAME!);

export const handler = asTask(STEP_NAME as StepName, ports, (reached, causationId) =>
  say(reached, causationId, { ports, publish }),
);
