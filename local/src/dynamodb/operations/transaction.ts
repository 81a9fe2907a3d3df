import { AwsError } from "../../errors.ts";
import type { Caller } from "../../service.ts";
import type { CancellationReason } from "../failures.ts";
import { invalid, transactionCancelled } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import type { CapacityMode, Members } from "../parameters.ts";
import { checkMembers, shared, structure } from "../parameters.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import type { Tables } from "../table/tables.ts";
import { Consumed, readUnits } from "./capacity.ts";
import { readRead, rowAt, selected } from "./read-item.ts";
import type { RequestTokens } from "./request-tokens.ts";
import type { Write, WriteKind } from "./write.ts";
import { readWrite, refuseCollectionMetrics } from "./write.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constants.html, 2026-11-21 */
const largestTransactionBytes = 4 * 1024 * 1024;
const transactionTooLarge = "The aggregate size of the items in the transaction exceeds 4 MB";

const transactItems = { type: "list", required: true, atLeast: 1, atMost: 100 } as const;

const transactWriteMembers = {
  TransactItems: transactItems,
  ClientRequestToken: { type: "string", atLeast: 1, atMost: 36 },
  ReturnConsumedCapacity: shared.capacity,
  ReturnItemCollectionMetrics: shared.collectionMetrics,
} as const satisfies Members;

const actionMembers = {
  ConditionCheck: shared.map,
  Put: shared.map,
  Delete: shared.map,
  Update: shared.map,
} as const satisfies Record<WriteKind, Members[string]>;

const none: CancellationReason = { Code: "None" };

/** A write at its place. */
interface Placed {
  readonly write: Write;
  readonly table: Table;
  readonly order: string;
  readonly keys: Item;
}

/** A write with what it finds and what it makes of it; or why not. */
type Decided = Placed & { readonly old: Sized | undefined; readonly next: Sized | undefined };

/**
 * All writes or none. Nothing else happens between the first condition and the last write, so there are no conflicts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html, 2026-11-21
 */
export function transactWriteItems(
  tables: Tables,
  tokens: RequestTokens,
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
): unknown {
  checkMembers(input, transactWriteMembers, "TransactWriteItems");
  refuseCollectionMetrics(input.ReturnItemCollectionMetrics, "TransactWriteItems");
  const writes = (input.TransactItems as unknown[]).map((action, index) => readAction(structure(action), index + 1));
  const located = writes.map((write) => ({ write, table: tables.get(write.tableName) }));
  const mode = input.ReturnConsumedCapacity as CapacityMode;
  const token = input.ClientRequestToken as string | undefined;
  if (token !== undefined && tokens.repeats(token, input.TransactItems)) return alreadyDone(located, mode);

  const decided = decideAll(located);
  if (decided.reduce((sum, { old, next }) => sum + ((next ?? old)?.bytes ?? 0), 0) > largestTransactionBytes) {
    throw invalid(transactionTooLarge);
  }
  const consumed = new Consumed(mode, "WriteCapacityUnits");
  for (const { write, table, order, keys, old, next } of decided) {
    if (write.changes) tables.change(caller.trace, table, order, keys, old, next);
    consumed.addWrite(table, old, next, 2);
  }
  if (token !== undefined) tokens.remember(token, input.TransactItems);
  return consumed.all();
}

/** @param position counts from 1, as AWS counts in errors */
function readAction(action: Readonly<Record<string, unknown>>, position: number): Write {
  const path = `transactItems.${position}.member`;
  checkMembers(action, actionMembers, "TransactWriteItems", path);
  const kinds = (Object.keys(actionMembers) as WriteKind[]).filter((kind) => action[kind] !== undefined);
  const [kind] = kinds;
  if (kinds.length !== 1 || !kind) throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  return readWrite(kind, structure(action[kind]), `${path}.${kind[0]!.toLowerCase()}${kind.slice(1)}`);
}

/** @throws AwsError TransactionCanceledException with the reasons of all actions, if any of them cannot be done */
function decideAll(located: readonly { write: Write; table: Table }[]): readonly Decided[] {
  const placed = located.map(({ write, table }) => attempt(() => place(write, table)));
  const places = placed.flatMap(({ done }) => (done ? [`${done.table.definition.name}/${done.order}`] : []));
  if (new Set(places).size < places.length) {
    throw invalid("Transaction request cannot include multiple operations on one item");
  }
  const decided = placed.map(({ done, reason }) => (done ? attempt(() => decide(done)) : { done, reason }));
  if (decided.some(({ reason }) => reason !== none)) throw transactionCancelled(decided.map(({ reason }) => reason));
  return decided.map(({ done }) => done!);
}

function place(write: Write, table: Table): Placed {
  const keys = write.locate(table);
  return { write, table, keys, order: rowOrder(table.key, keys) };
}

function decide(placed: Placed): Decided {
  const { write, table, order } = placed;
  const old = table.read(order);
  return { ...placed, old, next: write.decide(table, old) };
}

interface Attempt<T> {
  readonly done: T | undefined;
  readonly reason: CancellationReason;
}

function attempt<T>(action: () => T): Attempt<T> {
  try {
    return { done: action(), reason: none };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { done: undefined, reason: reasonOf(error) };
  }
}

function reasonOf({ code, message, members }: AwsError): CancellationReason {
  if (code !== "ConditionalCheckFailedException") return { Code: "ValidationError", Message: message };
  const item = members.Item as Item | undefined;
  return { Code: "ConditionalCheckFailed", Message: message, ...(item && { Item: item }) };
}

/** A repeated request only reads what it wrote, and is charged for that. */
function alreadyDone(located: readonly { write: Write; table: Table }[], mode: CapacityMode): unknown {
  const consumed = new Consumed(mode, "ReadCapacityUnits");
  for (const { write, table } of located) {
    const row = table.read(rowOrder(table.key, write.locate(table)));
    consumed.add(table, 2 * readUnits(row?.bytes ?? 0, true));
  }
  return consumed.all();
}

const transactGetMembers = {
  TransactItems: transactItems,
  ReturnConsumedCapacity: shared.capacity,
} as const satisfies Members;

const getMembers = { Get: shared.requiredMap } as const satisfies Members;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html, 2026-11-21 */
export function transactGetItems(tables: Tables, input: Readonly<Record<string, unknown>>): unknown {
  checkMembers(input, transactGetMembers, "TransactGetItems");
  const reads = (input.TransactItems as unknown[]).map((each, index) => {
    const path = `transactItems.${index + 1}.member`;
    checkMembers(structure(each), getMembers, "TransactGetItems", path);
    return readRead(structure(structure(each).Get), `${path}.get`);
  });
  const located = reads.map((read) => ({ read, table: tables.get(read.tableName) }));
  const attempts = located.map(({ read, table }) => attempt(() => ({ row: rowAt(table, read.key) })));
  if (attempts.some(({ reason }) => reason !== none)) throw transactionCancelled(attempts.map(({ reason }) => reason));
  const rows = attempts.map(({ done }) => done!.row);
  if (rows.reduce((sum, row) => sum + (row?.bytes ?? 0), 0) > largestTransactionBytes) {
    throw invalid(transactionTooLarge);
  }
  const consumed = new Consumed(input.ReturnConsumedCapacity as CapacityMode, "ReadCapacityUnits");
  const responses = located.map(({ read, table }, index) => {
    const row = rows[index];
    consumed.add(table, 2 * readUnits(row?.bytes ?? 0, true));
    return row ? { Item: selected(row.item, read.selection) } : {};
  });
  return { Responses: responses, ...consumed.all() };
}
