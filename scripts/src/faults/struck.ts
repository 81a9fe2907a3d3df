import type { Dependency } from "@ovsc/shared/variant";

/** @returns what a call asks of: a service of AWS, or the simulated one whose rows it touches */
export function dependencyOf({
  service,
  input,
}: {
  readonly service: string;
  readonly input: Readonly<Record<string, unknown>>;
}): Dependency | undefined {
  if (service === "events") return "event-bus";
  if (service !== "dynamodb") return undefined;
  const keys = keysIn(input);
  // A table without our sort key is somebody else's, on whom no order depends.
  if (keys.includes(undefined)) return undefined;
  const owners = keys.map((key) => ownerOf(key!));
  // A transaction is the business of the service whose ledger it writes.
  return owners.find((owner) => owner !== "order-table") ?? "order-table";
}

const owners: readonly (readonly [prefix: string, dependency: Dependency])[] = [
  ["RESERVATION#", "inventory"],
  ["STOCK", "inventory"],
  ["CHARGE#", "payment-gateway"],
  ["REFUND#", "payment-gateway"],
  ["SHIPMENT#", "carrier"],
];

/** The simulated services live in the table, each under its own sort keys. */
function ownerOf(sortKey: string): Dependency {
  const key = sortKey.replace(/^LOST#/, "");
  return owners.find(([prefix]) => key.startsWith(prefix))?.[1] ?? "order-table";
}

/** The sort keys that a call of DynamoDB names: of its item, its key, or each item of its transaction. */
function keysIn(input: Readonly<Record<string, unknown>>): (string | undefined)[] {
  const { Item, Key, TransactItems = [] } = input as CallInput;
  const items = TransactItems.flatMap((each) => Object.values(each));
  return [{ Item, Key }, ...items].flatMap(({ Item: item, Key: key = item }) => (key ? [key["sk"]?.S] : []));
}

interface ItemInput {
  readonly Item?: Row | undefined;
  readonly Key?: Row | undefined;
}
type Row = Readonly<Record<string, { readonly S?: string } | undefined>>;
interface CallInput extends ItemInput {
  readonly TransactItems?: readonly Readonly<Record<string, ItemInput>>[];
}
