import { CloudFormationClient, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import type { Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import { cdk } from "./cdk.ts";
import { clientConfig, describeTarget, flagsFor, type Remote } from "./target.ts";

/**
 * Deploys or destroys a variant's stack with the CDK CLI.
 * @throws Failure with the reasons that CloudFormation gave, instead of a stack trace
 */
export async function changeStack(
  change: "deploy" | "destroy",
  variant: Variant,
  target: Remote,
  flags: readonly string[],
): Promise<void> {
  const sinceMs = Date.now();
  try {
    await cdk([change, variant.stackName, ...flags], target);
  } catch (error) {
    const reasons = await failuresSince(sinceMs, variant, target);
    const why = reasons.length > 0 ? reasons.join("\n  ") : (error as Error).message;
    // LocalStack starts each function in a container: without the socket, no function becomes active.
    const next = /docker/i.test(why)
      ? "let LocalStack reach Docker: DOCKER_SOCK in .env, then docker compose up -d --wait"
      : change === "deploy"
        ? `pnpm destroy ${variant.name}${flagsFor(target)}, then launch it again`
        : `pnpm destroy ${variant.name}${flagsFor(target)}, again`;
    throw new Failure(`${change} of ${variant.stackName} in ${describeTarget(target)} failed:\n  ${why}`, {
      exitCode: exit.environment,
      next,
      cause: error,
    });
  }
}

/** What failed since then, each resource with CloudFormation's reason or at least its status. */
async function failuresSince(sinceMs: number, variant: Variant, target: Remote): Promise<string[]> {
  const cloudFormation = new CloudFormationClient(clientConfig(target));
  const { StackEvents = [] } = await cloudFormation
    .send(new DescribeStackEventsCommand({ StackName: variant.stackName }))
    .catch(() => ({ StackEvents: [] }));
  return StackEvents.filter(
    ({ ResourceStatus, Timestamp }) =>
      ResourceStatus?.endsWith("_FAILED") && Timestamp && Timestamp.getTime() >= sinceMs,
  )
    .map(
      ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        `${LogicalResourceId}: ${ResourceStatusReason ?? ResourceStatus}`,
    )
    .toReversed();
}
