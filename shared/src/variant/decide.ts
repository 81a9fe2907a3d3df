import { type Approval, decidedBy, moveOf } from "../approval.ts";
import { ordersIn, type OrderRow, recordOf } from "../aws/order-row.ts";
import { orderKey } from "../aws/table.ts";
import type { OrderStatus } from "../lifecycle.ts";
import { type PlacementRef, refOfRow } from "../placement.ts";
import type { DeployedStack } from "./variant.ts";

/** What became of a decision. */
export interface Decided {
  /** The decision that counts, with its time, ISO 8601: the first one. Nothing where the order waits for none. */
  readonly counts: (Approval & { readonly at: string }) | undefined;
  /** True where that is the one that was given now, or before by the same person. */
  readonly isOurs: boolean;
  /** Where the order is; nothing where there is none of that id. */
  readonly status: OrderStatus | undefined;
}

export interface DecideOptions {
  /** True where each fact of an order is said to others. */
  readonly saysFacts: boolean;
  /** Says that it is time to look. @param taskToken by which an execution waits, where one does */
  readonly wake: (placed: PlacementRef, approval: Approval, taskToken: string | undefined) => Promise<void>;
}

/**
 * Decides about an order that waits: one conditional write on its row, of which the first wins, and then a word to
 * whoever waits. Where the approver failed in between and decides again, the word is said again. An answer after the
 * deadline finds it passed, and denies the order where nobody has yet.
 * @param stack as an approver reaches it
 */
export const decideBy =
  ({ asApprover, now }: Pick<DeployedStack, "asApprover" | "now">, { saysFacts, wake }: DecideOptions) =>
  async (orderId: string, approval: Approval): Promise<Decided> => {
    const { table } = asApprover!;
    const orders = ordersIn(table, { now, saysFacts });
    const before = await orders.get(orderId);
    const decided = before ? decidedBy(approval, before, now()) : approval;
    if (before?.status === "AWAITING_APPROVAL") await orders.move(before, moveOf(decided), { approval: decided });
    const row = await table.get<OrderRow>(orderKey(orderId));
    const counts = row?.approval;
    if (isSame(counts, decided)) await wake(refOfRow(recordOf(row!)), decided, row!.taskToken);
    return { counts, isOurs: isSame(counts, approval), status: row?.status };
  };

const isSame = (counts: Approval | undefined, { decision, by }: Approval): boolean =>
  counts?.decision === decision && counts.by === by;
