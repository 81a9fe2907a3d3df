import { createInterface } from "node:readline/promises";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { cdk } from "../clouds/cdk.ts";
import { changeStack } from "../clouds/change-stack.ts";
import { findStack, outputsOf, unreachable } from "../clouds/find-stack.ts";
import { rememberDeploy } from "../clouds/last-deploy.ts";
import { synthesizeFor } from "../clouds/synthesize.ts";
import { clientConfig, deployTarget, describeTarget, type TargetFlags, type Remote } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { variantNamed } from "../variants.ts";

export interface DeployFlags extends TargetFlags {
  readonly yes?: true;
}

/** `deploy VARIANT`: idempotent. @throws Failure with CloudFormation's own reason when it fails */
export async function deployCommand(flags: DeployFlags, name: string): Promise<number> {
  const variant = variantNamed(name);
  const { target, account } = await identified(await deployTarget(flags));
  process.stdout.write(`deploying ${name} to ${describeTarget(target)}, account ${account}\n`);
  await confirm(`deploy ${variant.stackName}`, target, account, flags);

  if (!(await findStack("CDKToolkit", target))) await cdk(["bootstrap", `aws://${account}/${target.region}`], target);
  const assembly = await synthesizeFor(variant, target);
  await changeStack("deploy", variant, target, ["--app", assembly, "--require-approval", "never"]);
  const outputs = await outputsOf(variant, target);
  rememberDeploy(variant, target, outputs);
  const made = Object.entries(outputs).map(([output, value]) => `  ${output.padEnd(20)}${value}`);
  process.stdout.write(
    `\n${variant.stackName} is deployed to ${describeTarget(target)}:\n${made.join("\n")}\nnext: pnpm --filter ./${name} run trigger\n`,
  );
  return exit.valid;
}

/** @returns the target, and the account that would be touched @throws Failure when nobody answers */
export async function identified(target: Remote): Promise<{ target: Remote; account: string }> {
  const sts = new STSClient(clientConfig(target));
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    return { target, account: Account! };
  } catch (error) {
    throw unreachable(target, error);
  }
}

/** Asks before AWS is touched. @throws Failure when the answer is not yes, or nobody is there to ask */
export async function confirm(what: string, target: Remote, account: string, { yes }: DeployFlags): Promise<void> {
  if (target.kind !== "aws" || yes) return;
  if (!process.stdin.isTTY)
    throw new Failure(`${what} in AWS account ${account}, ${target.region}: nobody is there to ask`, {
      exitCode: exit.usage,
      next: "the same with --yes",
    });
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(`${what} in AWS account ${account}, ${target.region}? [y/N] `);
  ask.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("nothing was done", { exitCode: exit.usage });
}
