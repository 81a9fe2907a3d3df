import { lifecycle, type OrderStatus } from "@ovsc/shared";
import { keyOf, type Row } from "./items.ts";

/**
 * Whether a late write can never take effect: its condition fails, and will whatever comes. No row of a saga goes, no
 * order comes back to a status that it has left but by the lifecycle, and no entry of a ledger to the state in which it
 * was entered.
 * @param itemOf the item of a key, as AWS writes it
 */
export function isSpent(input: Write & Transaction, itemOf: (key: string) => Item | undefined): boolean {
  const writes = input.TransactItems?.flatMap((each) => Object.values(each)) ?? [input];
  return writes.some((write) => {
    const { ConditionExpression: condition = "", ExpressionAttributeValues: values = {} } = write;
    const row = write.Item ?? write.Key;
    const item = row && itemOf(keyOf(row));
    if (!item) return false;
    if (condition === "attribute_not_exists(pk)") return true;
    if (condition.startsWith("#status IN ")) {
      const from = Object.entries(values).flatMap(([name, { S }]) =>
        /^:from\d+$/.test(name) ? [S as OrderStatus] : [],
      );
      return !from.some((status) => mayCome(item.status!.S as OrderStatus, status));
    }
    return condition === "#state = :from" && item.state?.S !== values[":from"]?.S;
  });
}

interface Transaction {
  readonly TransactItems?: readonly Readonly<Record<string, Write>>[];
}

interface Write {
  readonly Item?: Row;
  readonly Key?: Row;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly S?: string }>>;
}

interface Item {
  readonly status?: { readonly S: string };
  readonly state?: { readonly S: string };
}

/** Whether an order can come from one status to another. */
function mayCome(from: OrderStatus, to: OrderStatus): boolean {
  const reached = new Set([from]);
  for (const status of reached)
    for (const move of Object.values(lifecycle)) {
      if ((move.from as readonly OrderStatus[]).includes(status)) reached.add(move.to);
    }
  return reached.has(to);
}
