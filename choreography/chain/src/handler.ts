// The entry of the bundle: the handler of whichever step the function is for.
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { invokeBy } from "./functions.ts";
import { inChain } from "./in-chain.ts";

const { STEP_NAME, TABLE_NAME, RETRY_DELAYS, APPROVAL_ABOVE_CENTS } = process.env;

export const handler = inChain(STEP_NAME as StepName, {
  ports: portsIn(TABLE_NAME!, { saysFacts: false, refusesAboveCents: APPROVAL_ABOVE_CENTS }),
  functions: invokeBy(process.env),
  delays: JSON.parse(RETRY_DELAYS!) as number[],
});
