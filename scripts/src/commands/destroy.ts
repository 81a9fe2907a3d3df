import { isDeepStrictEqual } from "node:util";
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Variant } from "@ovsc/shared/variant";
import { changeStack } from "../clouds/change-stack.ts";
import { findStack } from "../clouds/find-stack.ts";
import { forgetDeploy, lastDeploy } from "../clouds/last-deploy.ts";
import { synthesizeFor } from "../clouds/synthesize.ts";
import { chooseTarget, clientConfig, deployTarget, describeTarget, remote, type Remote } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { variantNamed } from "../variants.ts";
import { confirm, type DeployFlags, identified } from "./deploy.ts";

/** `destroy VARIANT`: leaves nothing of the variant behind. */
export async function destroyCommand(flags: DeployFlags, name: string): Promise<number> {
  const variant = variantNamed(name);
  const last = lastDeploy(variant);
  const { target, account } = await identified(
    last ? remote(await chooseTarget(flags, last)) : await deployTarget(flags),
  );
  process.stdout.write(`destroying ${name} in ${describeTarget(target)}, account ${account}\n`);
  await confirm(`destroy ${variant.stackName}`, target, account, flags);

  const stack = await findStack(variant.stackName, target);
  if (stack) await changeStack("destroy", variant, target, ["--app", await synthesizeFor(variant, target), "--force"]);
  if (target.kind === "localstack") await deleteStrayLogs(variant, target);
  if (isDeepStrictEqual(last, target)) forgetDeploy(variant);
  process.stdout.write(stack ? `${variant.stackName} is gone\n` : `${variant.stackName} was not there\n`);
  return exit.valid;
}

/** LocalStack writes each function's log to the group it would have by default, which no stack owns. */
async function deleteStrayLogs(variant: Variant, target: Remote): Promise<void> {
  const client = new CloudWatchLogsClient(clientConfig(target));
  const prefix = `/aws/lambda/${variant.stackName}-`;
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix })) {
    for (const { logGroupName } of logGroups) await client.send(new DeleteLogGroupCommand({ logGroupName }));
  }
}
