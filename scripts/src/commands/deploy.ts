import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { cdk } from "../clouds/cdk.ts";
import { changeStack } from "../clouds/change-stack.ts";
import { bootstrapping, confirm } from "../clouds/confirm.ts";
import { findStack, outputsOf, unreachable } from "../clouds/find-stack.ts";
import { synthesizeFor } from "../clouds/synthesize.ts";
import {
  clientConfig,
  describeChoice,
  describeTarget,
  flagsFor,
  type Remote,
  remoteTarget,
  type TargetFlags,
} from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { note, print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";

export interface DeployFlags extends TargetFlags {
  readonly profile?: Profile;
  readonly approvalAbove?: number;
  readonly yes?: true;
}

/** `launch VARIANT`: idempotent. @throws Failure with CloudFormation's own reason when it fails */
export async function deployCommand(flags: DeployFlags, name: string): Promise<number> {
  const { profile, approvalAbove: approvalAboveCents } = flags;
  const variant = variantNamed(name);
  const chosen = await remoteTarget(flags, `pnpm launch ${name}`);
  const { target } = chosen;
  refuseUnknown(variant, target);
  const account = await accountOf(target);
  print(`deploying ${name} to ${describeChoice(chosen)}, account ${account}\n`);
  const may = (what: string) => confirm({ what, target, account, yes: flags.yes === true });

  if (!(await findStack("CDKToolkit", target))) {
    note(`next: ${bootstrapping}\n`);
    await may(bootstrapping);
    await cdk(["bootstrap", `aws://${account}/${target.region}`], target);
  }
  const assembly = await synthesizeFor(variant, target, {
    ...(profile && { profile }),
    ...(approvalAboveCents !== undefined && { approvalAboveCents }),
  });
  note(`next: deploy ${variant.stackName}, which changes:\n`);
  await cdk(["diff", variant.stackName, "--app", assembly, "--method", "template"], target);
  await may(`deploy ${variant.stackName} with the IAM and other changes above`);
  await changeStack("deploy", variant, target, [
    "--app",
    assembly,
    "--require-approval",
    "never",
    "--progress",
    "events",
  ]);
  const outputs = await outputsOf(variant, target, profile);
  const made = Object.entries(outputs).map(([output, value]) => `  ${output.padEnd(20)}${value}`);
  print(
    [
      `\n${variant.stackName} is deployed to ${describeTarget(target)}:`,
      ...made,
      `next: pnpm trigger ${name}${flagsFor(target)}\n`,
    ].join("\n"),
  );
  return exit.valid;
}

/** @returns the account that would be touched @throws Failure when nobody answers */
export async function accountOf(target: Remote): Promise<string> {
  const sts = new STSClient(clientConfig(target));
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    return Account!;
  } catch (error) {
    throw unreachable(target, error);
  }
}

/** Says what a target does not know before anything is tried there. */
function refuseUnknown({ name, notOnLocalStack }: Variant, target: Remote): void {
  if (target.kind !== "localstack" || notOnLocalStack === undefined) return;
  throw new Failure(`${name} cannot be deployed to LocalStack: ${notOnLocalStack}`, {
    exitCode: exit.environment,
    next: `pnpm trigger ${name}, which runs it in the embedded cloud, or --target aws`,
  });
}
