import { type Approval, moveOf } from "../approval.ts";
import { ordersIn, type OrderRow } from "../aws/order-row.ts";
import { orderKey } from "../aws/table.ts";
import type { PlacementRef } from "../placement.ts";
import type { DeployedStack } from "./variant.ts";

/** What became of a decision. */
export interface Decided {
  /** The decision that counts, with its time, ISO 8601: the first one. Nothing where the order waits for none. */
  readonly counts: (Approval & { readonly at: string }) | undefined;
  /** True where that is the one that was given now, or before by the same person. */
  readonly isOurs: boolean;
}

export interface DecideOptions {
  /** True where each fact of an order is said to others. */
  readonly saysFacts: boolean;
  /** Says that it is time to look. @param taskToken by which an execution waits, where one does */
  readonly wake: (placed: PlacementRef, approval: Approval, taskToken: string | undefined) => Promise<void>;
}

/**
 * Decides about an order that waits: one conditional write on its row, of which the first wins, and then a word to
 * whoever waits. Where the approver failed in between and decides again, the word is said again.
 * @param stack as an approver reaches it
 */
export const decideBy =
  ({ asApprover, now }: Pick<DeployedStack, "asApprover" | "now">, { saysFacts, wake }: DecideOptions) =>
  async (orderId: string, approval: Approval): Promise<Decided> => {
    const { table } = asApprover!;
    const orders = ordersIn(table, { now, saysFacts });
    const before = await orders.get(orderId);
    if (before?.status === "AWAITING_APPROVAL") await orders.move(before, moveOf(approval), { approval });
    const row = await table.get<OrderRow>(orderKey(orderId));
    const counts = row?.approval;
    const isOurs = counts?.decision === approval.decision && counts.by === approval.by;
    if (isOurs) await wake({ orderId, placementId: row!.placementId }, approval, row!.taskToken);
    return { counts, isOurs };
  };
