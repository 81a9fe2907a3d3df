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
  return retryBudgets[profile];
}
