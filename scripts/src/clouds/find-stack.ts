import { isDeepStrictEqual } from "node:util";
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import type { Profile, StepName } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import { type DeployedContext, synthesizeFor, templateOf } from "./synthesize.ts";
import { clientConfig, describeTarget, flagsFor, type Remote } from "./target.ts";

/**
 * @returns the stack of a variant, or nothing where it is not deployed
 * @throws Failure when the target does not answer or has no credentials for us
 */
export async function findStack(name: string, target: Remote): Promise<Stack | undefined> {
  const cloudFormation = new CloudFormationClient(clientConfig(target));
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.find(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
  } catch (error) {
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    throw unreachable(target, error);
  }
}

/** The error of a first call, in words: who did not answer, why, and what to do about it. */
export function unreachable(target: Remote, error: unknown): Failure {
  const { name, message, code } = error as { name?: string; message?: string; code?: string };
  const where = describeTarget(target);
  const why = code ?? (name === "AggregateError" || !message ? name : `${name}: ${message}`);
  const next =
    target.kind === "localstack"
      ? "docker compose up -d --wait; if it does not stay up, docker compose logs localstack " +
        "(images after 4.14.0 want LOCALSTACK_AUTH_TOKEN in .env)"
      : "aws configure, or set AWS_PROFILE and AWS_REGION";
  return new Failure(`${where} does not answer (${why})`, { exitCode: exit.environment, next, cause: error });
}

/**
 * The outputs of a deployed variant.
 * @throws Failure when its stack is not there, half there, or was deployed from other code or with other retries
 */
export async function outputsOf(
  variant: Variant,
  target: Remote,
  profile: Profile = "equal",
): Promise<Readonly<Record<string, string>>> {
  const name = variant.stackName;
  const flags = `${profile === "equal" ? "" : ` --profile ${profile}`}${flagsFor(target)}`;
  const deploy = `pnpm launch ${variant.name}${flags}`;
  const stack = await findStack(name, target);
  const fail = (what: string) =>
    new Failure(`${name} ${what} in ${describeTarget(target)}`, { exitCode: exit.environment, next: deploy });
  if (!stack) throw fail("is not deployed");
  if (!["CREATE_COMPLETE", "UPDATE_COMPLETE"].includes(stack.StackStatus ?? "")) throw fail(`is ${stack.StackStatus}`);
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]),
  );
  const context = contextIn(outputs);
  const { profile: deployed = profile } = context;
  if (deployed !== profile) throw fail(`was deployed with the retries of ${deployed}, not of ${profile},`);
  if (!(await isCurrent(variant, target, { profile, ...context }))) throw fail("was deployed from other code");
  return outputs;
}

/** What a deployed stack was asked for when it was synthesized, as its outputs tell. */
export function contextIn(outputs: Readonly<Record<string, string>>): DeployedContext {
  const { RetryProfile, ApprovalAboveCents, ShorterCaller, StepsRun } = outputs;
  return {
    ...(RetryProfile && { profile: RetryProfile as Profile }),
    ...(ApprovalAboveCents !== undefined && { approvalAboveCents: Number(ApprovalAboveCents) }),
    ...(ShorterCaller && { shorterCaller: ShorterCaller as StepName }),
    ...(StepsRun && { steps: StepsRun as "in-process" }),
  };
}

/** True when the deployed template is the one that this code synthesizes; it names the handlers by their hash. */
async function isCurrent(variant: Variant, target: Remote, context: DeployedContext): Promise<boolean> {
  const cloudFormation = new CloudFormationClient(clientConfig(target));
  const { TemplateBody } = await cloudFormation.send(
    new GetTemplateCommand({ StackName: variant.stackName, TemplateStage: "Original" }),
  );
  const template = templateOf(variant, await synthesizeFor(variant, target, context));
  return isDeepStrictEqual(JSON.parse(TemplateBody ?? "{}"), template);
}
