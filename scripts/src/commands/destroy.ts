import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Variant } from "@ovsc/shared/variant";
import { changeStack } from "../clouds/change-stack.ts";
import { confirm } from "../clouds/confirm.ts";
import { findStack } from "../clouds/find-stack.ts";
import { synthesizeFor } from "../clouds/synthesize.ts";
import { clientConfig, describeChoice, type Remote, remoteTarget } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";
import { accountOf, type DeployFlags } from "./deploy.ts";

/** `destroy VARIANT`: leaves nothing of the variant behind. */
export async function destroyCommand(flags: DeployFlags, name: string): Promise<number> {
  const variant = variantNamed(name);
  const chosen = await remoteTarget(flags, `pnpm destroy ${name}`);
  const { target } = chosen;
  const account = await accountOf(target);
  print(`destroying ${name} in ${describeChoice(chosen)}, account ${account}\n`);
  await confirm({ what: `destroy ${variant.stackName}`, target, account, yes: flags.yes === true });

  const stack = await findStack(variant.stackName, target);
  if (stack) await changeStack("destroy", variant, target, ["--app", await synthesizeFor(variant, target), "--force"]);
  if (target.kind === "localstack") await deleteStrayLogs(variant, target);
  print(stack ? `${variant.stackName} is gone\n` : `${variant.stackName} was not there\n`);
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
