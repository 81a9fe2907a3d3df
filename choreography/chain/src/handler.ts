// The entry of the bundle: the handler of whichever step the function is for.
import type { StepName } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { invokeBy } from "./functions.ts";
import { inChain } from "./in-chain.ts";

const { STEP_NAME, TABLE_NAME } = process.env;

export const handler = inChain(
  STEP_NAME as StepName,
  portsIn(TABLE_NAME!, { saysFacts: false }),
  invokeBy(process.env),
);
