import { createInterface } from "node:readline/promises";
import { exit, Failure } from "../failure.ts";
import type { Remote } from "./target.ts";

/** What is about to be done, and where. */
export interface Intent {
  /** The change by its name, as the end of "may I …". */
  readonly what: string;
  readonly target: Remote;
  readonly account: string;
  /** True where `--yes` answered already. */
  readonly yes: boolean;
}

/** The policy that CloudFormation acts with after `cdk bootstrap`, unless one is named. */
const executionPolicy = "AdministratorAccess";

/**
 * What `cdk bootstrap` does, with the rights it hands out. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-
 * env.html (2026-11-21)
 */
export const bootstrapping =
  `bootstrap it for the CDK: stack CDKToolkit with a bucket, a repository and roles, ` +
  `of which the one that CloudFormation acts with gets ${executionPolicy}`;

/** Asks before AWS is touched. @throws Failure when the answer is not yes, or nobody is there to ask */
export async function confirm({ what, target, account, yes }: Intent): Promise<void> {
  if (target.kind !== "aws" || yes) return;
  const where = `AWS account ${account}, ${target.region}`;
  if (!process.stdin.isTTY) {
    throw new Failure(`${where}: nobody is there to ask: ${what}?`, {
      exitCode: exit.usage,
      next: "the same with --yes",
    });
  }
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(`${where}: ${what}? [y/N] `);
  ask.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("nothing was done", { exitCode: exit.usage });
}
