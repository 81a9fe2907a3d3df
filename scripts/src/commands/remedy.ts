import type { EventName, PlacementRef, Profile } from "@ovsc/shared";
import { placementOfOrder, type Table } from "@ovsc/shared/aws";
import { openRemote } from "../clouds/deployed.ts";
import { describeChoice, describeTarget, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { shellWords } from "../shell-word.ts";
import { note, print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";

export interface RemedyFlags extends TargetFlags {
  readonly profile?: Profile;
  readonly from?: string;
  readonly to?: string;
  readonly event?: readonly EventName[];
  readonly json?: true;
}

const dayMs = 24 * 60 * 60_000;

/** `remedy VARIANT REMEDY ORDER…`: brings orders of a deployed stack home. @returns its exit code */
export async function remedyCommand(
  flags: RemedyFlags,
  name: string,
  word: string,
  ...orderIds: readonly string[]
): Promise<number> {
  const variant = variantNamed(name);
  const chosen = await remoteTarget(flags, `pnpm remedy ${name} ${word} ${shellWords(orderIds)}`);
  const deployment = await openRemote(variant, chosen.target, { ...(flags.profile && { profile: flags.profile }) });
  const { coordination, table } = deployment;
  const remedy = coordination.remedies[word];
  if (!remedy) {
    const known = Object.entries(coordination.remedies).map(([each, { does }]) => `${each} ${does}`);
    throw new Failure(`the ${name} has no remedy ${word}: ${known.join("; ")}`, { exitCode: exit.usage });
  }
  note(`${word} in ${describeChoice(chosen)}: it ${remedy.does}\n`);
  const placed = await Promise.all(orderIds.map((orderId) => placedAs(orderId, table)));
  const { from = new Date(Date.now() - dayMs).toISOString(), to = deployment.now(), event: events = [] } = flags;
  const done = await remedy.apply({ placed, from, to, events }).catch(({ name: error, message }: Error) => {
    throw new Failure(`${word} failed in ${describeTarget(chosen.target)}: ${error}: ${message}`, {
      exitCode: exit.environment,
    });
  });
  await deployment.close();
  if (flags.json) print(`${JSON.stringify({ variant: name, remedy: word, done }, null, 2)}\n`);
  else print(done.length > 0 ? `${done.join("\n")}\n` : "there was nothing to do for these orders\n");
  return done.length > 0 ? exit.valid : exit.unknown;
}

async function placedAs(orderId: string, table: Table): Promise<PlacementRef> {
  const placed = await placementOfOrder(table, orderId);
  if (placed) return placed;
  throw new Failure(`order ${orderId} has no row in ${table.name}`, { exitCode: exit.unknown });
}
