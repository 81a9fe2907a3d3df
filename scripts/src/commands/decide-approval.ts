import type { Approval, Profile } from "@ovsc/shared";
import type { Decided } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { describeChoice, flagsFor, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { note, print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";

export interface ApprovalFlags extends TargetFlags {
  readonly profile?: Profile;
  readonly by: string;
  readonly json?: true;
}

/** What a decision came to: invalid where another decided before, unknown where the order waits for nobody. */
export interface Told extends Decided {
  readonly exitCode: number;
  /** A sentence. */
  readonly says: string;
}

/**
 * Decides about an order of a deployed stack.
 * @param flags those that lead another command to the same target
 * @throws Failure where nobody can wait for an answer there
 */
export async function decideAbout(
  { variant: { name }, where, coordination: { decide } }: Pick<Deployment, "variant" | "where" | "coordination">,
  orderId: string,
  approval: Approval,
  flags = "",
): Promise<Told> {
  if (!decide) {
    throw new Failure(`nobody approves orders of the ${name} in ${where}`, {
      exitCode: exit.usage,
      next: `pnpm launch ${name} --approval-above CENTS${flags}, where it can wait for a person`,
    });
  }
  const decided = await decide(orderId, approval);
  const { counts, isOurs, status } = decided;
  if (!counts) {
    const says = status ? `${orderId} waits for nobody: it is ${status}` : `there is no order ${orderId} in ${where}`;
    return { ...decided, exitCode: exit.unknown, says };
  }
  const { decision, by, at } = counts;
  return {
    ...decided,
    exitCode: isOurs ? exit.valid : exit.invalid,
    says: `${orderId} was ${decision} by ${by} at ${at}`,
  };
}

/**
 * `approve VARIANT ORDER` and `reject VARIANT ORDER`: decides about an order that waits in a deployed stack.
 * @returns its exit code
 */
export const decideCommand =
  (word: string, decision: Approval["decision"]) =>
  async (flags: ApprovalFlags, name: string, orderId: string): Promise<number> => {
    const chosen = await remoteTarget(flags, `pnpm ${word} ${name} ${orderId}`);
    const deployment = await openRemote(variantNamed(name), chosen.target, {
      ...(flags.profile && { profile: flags.profile }),
    });
    note(`${word} in ${describeChoice(chosen)}\n`);
    const approval = { decision, by: flags.by };
    const { exitCode, says, counts, isOurs } = await decideAbout(
      deployment,
      orderId,
      approval,
      flagsFor(chosen.target),
    );
    await deployment.close();
    print(flags.json ? `${JSON.stringify({ variant: name, orderId, counts, isOurs }, null, 2)}\n` : `${says}\n`);
    return exitCode;
  };
