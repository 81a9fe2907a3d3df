import type { StepName } from "@ovsc/shared";

/** The environment variable that names the function of a step. */
export const functionOf = (step: StepName): string => `FUNCTION_${step}`;
