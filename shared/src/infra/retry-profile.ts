import { CfnOutput, type Stack } from "aws-cdk-lib";
import { profileNamed, type RetryBudget, retryBudgets } from "../retry-budget.ts";

/**
 * The retry budget that the context asks for, as in `cdk deploy -c profile=idiomatic`; `equal` where it asks for none.
 * The stack's outputs name the profile, so that whoever reads its results knows.
 * @throws Error for a profile that there is not
 */
export function retryBudgetOf(stack: Stack): RetryBudget {
  const profile = profileNamed(stack.node.tryGetContext("profile") ?? "equal");
  new CfnOutput(stack, "RetryProfile", { value: profile });
  // An emulator that cannot speed up time is given a shorter delay: `cdk deploy -c retryDelaySeconds=1`.
  const firstDelay = stack.node.tryGetContext("retryDelaySeconds") as number | string | undefined;
  const budget = retryBudgets[profile];
  return firstDelay === undefined ? budget : beginningWith(Number(firstDelay), budget);
}

/** Lambda's own queue knows no other delays, so they stay. */
const beginningWith = (intervalSeconds: number, { functionError, throttle, ...budget }: RetryBudget): RetryBudget => ({
  ...budget,
  functionError: { ...functionError, stepFunctions: { ...functionError.stepFunctions, intervalSeconds } },
  throttle: { ...throttle, stepFunctions: { ...throttle.stepFunctions, intervalSeconds } },
});
