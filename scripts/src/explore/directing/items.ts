import type { About } from "@ovsc/local";

/** A call that waits to take effect. */
export type Call = Extract<About, { what: "call" }>;

/** For a call that may read any item of the table. */
export const everything = "*";

/** The items of the table that a call touches, each by its key; none for a call of another service. */
export function touchedBy({ service, operation, input }: Pick<Call, "service" | "operation" | "input">): string[] {
  if (service !== "dynamodb") return [];
  if (/^(Query|Scan)$/.test(operation)) return [everything];
  const { Item, Key, TransactItems = [] } = input as TableInput;
  const whole = TransactItems.flatMap((each) => Object.values(each));
  const rows = [{ Item, Key }, ...whole].flatMap((each) => each.Item ?? each.Key ?? []);
  return rows.map(keyOf);
}

/**
 * Whether it may matter that another invocation goes on before a call takes effect: both touch the rows of one order,
 * or the call touches an item that all orders share, such as stock. The other's next call need not be the one that
 * meets this: what it does after that counts too.
 */
export function mayMeet(call: Call, other: Call): boolean {
  const items = touchedBy(call);
  if (items.length === 0) return false;
  return call.correlationId === other.correlationId || items.some((item) => !/^(ORDER|PLACEMENT)#/.test(item));
}

/** Whether two calls touch an item in common. */
export function touchTheSame(call: Call, other: Call): boolean {
  const items = touchedBy(call);
  const others = touchedBy(other);
  const isAny = items.includes(everything) || others.includes(everything);
  return (isAny && items.length > 0 && others.length > 0) || items.some((item) => others.includes(item));
}

export const isWrite = ({ operation }: Pick<Call, "operation">): boolean => !/^(Get|Query|Scan)/.test(operation);

/** An item's key as one text. */
export const keyOf = ({ pk, sk }: Row): string => `${pk?.S} ${sk?.S}`;

export interface Row {
  readonly pk?: { readonly S?: string };
  readonly sk?: { readonly S?: string };
}

interface ItemInput {
  readonly Item?: Row | undefined;
  readonly Key?: Row | undefined;
}

interface TableInput extends ItemInput {
  readonly TransactItems?: readonly Readonly<Record<string, ItemInput>>[];
}
