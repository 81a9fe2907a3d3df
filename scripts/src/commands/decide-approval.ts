import type { Approval, Profile } from "@ovsc/shared";
import { openRemote } from "../clouds/deployed.ts";
import { describeChoice, describeTarget, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { note, print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";

export interface ApprovalFlags extends TargetFlags {
  readonly profile?: Profile;
  readonly by: string;
  readonly json?: true;
}

/**
 * `approve VARIANT ORDER` and `reject VARIANT ORDER`: decides about an order that waits in a deployed stack.
 * @returns its exit code: invalid where another decided before, unknown where the order waits for nobody
 */
export const decideCommand =
  (word: string, decision: Approval["decision"]) =>
  async (flags: ApprovalFlags, name: string, orderId: string): Promise<number> => {
    const chosen = await remoteTarget(flags, `pnpm ${word} ${name} ${orderId}`);
    const deployment = await openRemote(variantNamed(name), chosen.target, {
      ...(flags.profile && { profile: flags.profile }),
    });
    const { decide } = deployment.coordination;
    if (!decide) {
      throw new Failure(`nobody approves orders of the ${name} in ${describeTarget(chosen.target)}`, {
        exitCode: exit.usage,
        next: `pnpm launch ${name} --approval-above CENTS, where it can wait for a person`,
      });
    }
    note(`${word} in ${describeChoice(chosen)}\n`);
    const { counts, isOurs } = await decide(orderId, { decision, by: flags.by });
    await deployment.close();
    if (flags.json) print(`${JSON.stringify({ variant: name, orderId, counts, isOurs }, null, 2)}\n`);
    else
      print(
        counts
          ? `${orderId} was ${counts.decision} by ${counts.by} at ${counts.at}\n`
          : `${orderId} waits for nobody\n`,
      );
    return counts === undefined ? exit.unknown : isOurs ? exit.valid : exit.invalid;
  };
