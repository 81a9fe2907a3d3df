import { isDeepStrictEqual } from "node:util";
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { changeStack } from "../clouds/change-stack.ts";
import { findStack } from "../clouds/find-stack.ts";
import { forgetDeploy, lastDeploy } from "../clouds/last-deploy.ts";
import { synthesizeFor } from "../clouds/synthesize.ts";
import { chooseTarget, clientConfig, deployTarget, describeTarget, remote, type Remote } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { stackName, type Variant } from "../variant.ts";
import { confirm, type DeployFlags, identified } from "./deploy.ts";

/** `destroy VARIANT`: leaves nothing of the variant behind. */
export async function destroyCommand(flags: DeployFlags, variant: string): Promise<number> {
  const name = variant as Variant;
  const last = lastDeploy(name);
  const { target, account } = await identified(
    last ? remote(await chooseTarget(flags, last)) : await deployTarget(flags),
  );
  process.stdout.write(`destroying ${variant} in ${describeTarget(target)}, account ${account}\n`);
  await confirm(`destroy ${stackName(name)}`, target, account, flags);

  const stack = await findStack(stackName(name), target);
  if (stack) await changeStack("destroy", name, target, ["--app", await synthesizeFor(name, target), "--force"]);
  if (target.kind === "localstack") await deleteStrayLogs(name, target);
  if (isDeepStrictEqual(last, target)) forgetDeploy(name);
  process.stdout.write(stack ? `${stackName(name)} is gone\n` : `${stackName(name)} was not there\n`);
  return exit.valid;
}

/** LocalStack writes each function's log to the group it would have by default, which no stack owns. */
async function deleteStrayLogs(variant: Variant, target: Remote): Promise<void> {
  const client = new CloudWatchLogsClient(clientConfig(target));
  const prefix = `/aws/lambda/${stackName(variant)}-`;
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix })) {
    for (const { logGroupName } of logGroups) await client.send(new DeleteLogGroupCommand({ logGroupName }));
  }
}
