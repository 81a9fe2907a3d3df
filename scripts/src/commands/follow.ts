import { setTimeout as pause } from "node:timers/promises";
import { endOf, isSettled, type OrderStatus, type Profile } from "@ovsc/shared";
import { placementOfOrder, readEvidence, type Table } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import { describeChoice, remoteTarget, type TargetFlags } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { shellWord } from "../shell-word.ts";
import { note, print } from "../terminal.ts";

export interface FollowFlags extends TargetFlags {
  readonly profile?: Profile;
  /** An orderId: where it is now. */
  readonly status?: string;
  /** An orderId: each status until it is settled. */
  readonly follow?: string;
  readonly json?: true;
}

/** Where an order is by its row, which every variant has: the statuses that it went through so far. */
export interface Whereabouts {
  readonly orderId: string;
  readonly status: string;
  readonly statuses: readonly OrderStatus[];
  readonly isSettled: boolean;
}

/** Reads an order's row. One without a row may still come. */
export async function whereIs(table: Table, orderId: string): Promise<Whereabouts> {
  const placed = await placementOfOrder(table, orderId);
  const evidence = placed && (await readEvidence(table, placed));
  if (!evidence?.row) return { orderId, status: "never created", statuses: [], isSettled: false };
  const { status, statuses } = evidence.row;
  return { orderId, status: endOf(evidence), statuses, isSettled: isSettled(status) };
}

/** How long an order is followed, in looks a second apart: longer than all real retries together. */
const mostLooks = 900;

/**
 * Looks at an order's row until it is settled, or for a quarter of an hour.
 * @param onStatus hears of each status once
 * @param wait lets a second pass
 */
export async function follow(
  table: Table,
  orderId: string,
  { onStatus, wait }: { onStatus: (status: OrderStatus) => void; wait: () => Promise<unknown> },
): Promise<Whereabouts> {
  let told = 0;
  for (let look = 1; ; look += 1) {
    const found = await whereIs(table, orderId);
    for (const status of found.statuses.slice(told)) onStatus(status);
    told = found.statuses.length;
    if (found.isSettled || look === mostLooks) return found;
    await wait();
  }
}

const onTerminal = { onStatus: (status: OrderStatus) => note(`${status}\n`), wait: () => pause(1_000) };

/** `trigger VARIANT --status ORDER` and `--follow ORDER`. @returns valid for a settled order, unknown for another */
export async function followCommand(variant: Variant, flags: FollowFlags): Promise<number> {
  const { status, follow: followed, profile, json } = flags;
  const orderId = (followed ?? status)!;
  const chosen = await remoteTarget(flags, `pnpm trigger ${variant.name} --status ${shellWord(orderId)}`);
  note(`order ${orderId} of the ${variant.name} in ${describeChoice(chosen)}\n`);
  const { table } = await openRemote(variant, chosen.target, { ...(profile && { profile }) });
  const found = await (followed === undefined ? whereIs(table, orderId) : follow(table, orderId, onTerminal));
  print(json ? `${JSON.stringify(found, null, 2)}\n` : `${found.status}\n`);
  return found.isSettled ? exit.valid : exit.unknown;
}
