import { AwsError } from "../../errors.ts";
import type { CancellationReason } from "../failures.ts";
import { invalid, transactionCancelled } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import type { CapacityMode, Members } from "../parameters.ts";
import { checkMembers, shared, structure } from "../parameters.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import type { Consumed } from "./capacity.ts";
import { readUnits } from "./capacity.ts";
import { orderOf, readRead, selected } from "./read-item.ts";
import type { Request } from "./request.ts";
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
export function transactWriteItems({ tables, tokens, input: request, trace, consumed }: Request): unknown {
  const input = checkMembers(request, transactWriteMembers, "TransactWriteItems");
  refuseCollectionMetrics(input.ReturnItemCollectionMetrics, "TransactWriteItems");
  const writes = (input.TransactItems as unknown[]).map((action, index) => readAction(structure(action), index + 1));
  const located = writes.map((write) => ({ write, table: tables.get(write.tableName) }));
  const mode = input.ReturnConsumedCapacity as CapacityMode;
  const token = input.ClientRequestToken as string | undefined;
  if (token !== undefined && tokens.repeats(token, input.TransactItems)) return alreadyDone(located, consumed, mode);

  const decided = decideAll(located, consumed);
  if (decided.reduce((sum, { old, next }) => sum + ((next ?? old)?.bytes ?? 0), 0) > largestTransactionBytes) {
    throw invalid(transactionTooLarge);
  }
  for (const { write, table, order, keys, old, next } of decided) {
    if (write.changes) tables.change(trace, table, order, keys, old, next);
    consumed.addWrite(table, old, next, 2);
  }
  if (token !== undefined) tokens.remember(token, input.TransactItems);
  return consumed.all(mode, "WriteCapacityUnits");
}

/** @param position counts from 1, as AWS counts in errors */
function readAction(request: Readonly<Record<string, unknown>>, position: number): Write {
  const path = `transactItems.${position}.member`;
  const action = checkMembers(request, actionMembers, "TransactWriteItems", path);
  const kinds = (Object.keys(actionMembers) as WriteKind[]).filter((kind) => action[kind] !== undefined);
  const [kind] = kinds;
  if (kinds.length !== 1 || !kind) throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  return readWrite(kind, structure(action[kind]), `${path}.${kind[0]!.toLowerCase()}${kind.slice(1)}`);
}

/** @throws AwsError TransactionCanceledException with the reasons of all actions, if any of them cannot be done */
function decideAll(located: readonly { write: Write; table: Table }[], consumed: Consumed): readonly Decided[] {
  const placed = located.map(({ write, table }) => attempt(() => place(write, table)));
  checkDistinct(placed);
  const decided = placed.map(({ done, reason }) => (done ? attempt(() => decide(done)) : { done, reason }));
  if (decided.some(({ reason }) => reason !== none)) {
    for (const { done } of placed) if (done) addPrepared(consumed, done);
    throw transactionCancelled(decided.map(({ reason }) => reason));
  }
  return decided.map(({ done }) => done!);
}

/** @throws AwsError ValidationException where two actions are about one item */
function checkDistinct(placed: readonly Attempt<{ readonly table: Table; readonly order: string }>[]): void {
  const places = placed.flatMap(({ done }) => (done ? [`${done.table.definition.name}/${done.order}`] : []));
  if (new Set(places).size === places.length) return;
  throw invalid("Transaction request cannot include multiple operations on one item");
}

function place(write: Write, table: Table): Placed {
  const keys = write.locate(table);
  return { write, table, keys, order: rowOrder(table.key, keys) };
}

function decide(placed: Placed): Decided {
  const { write, table, order } = placed;
  const old = table.read(order);
  const failure = write.failure(old);
  if (failure) throw failure;
  return { ...placed, old, next: write.next(table, old) };
}

/** AWS does not publish what a cancelled transaction takes: here each action takes what a failed condition does. */
function addPrepared(consumed: Consumed, { write, table, order }: Placed): void {
  consumed.addFailedWrite(table, table.read(order), write.put, 2);
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
function alreadyDone(
  located: readonly { write: Write; table: Table }[],
  consumed: Consumed,
  mode: CapacityMode,
): unknown {
  for (const { write, table } of located) {
    const row = table.read(rowOrder(table.key, write.locate(table)));
    consumed.addRead(table, 2 * readUnits(row?.bytes ?? 0, true));
  }
  return consumed.all(mode, "ReadCapacityUnits");
}

const transactGetMembers = {
  TransactItems: transactItems,
  ReturnConsumedCapacity: shared.capacity,
} as const satisfies Members;

const getMembers = { Get: shared.requiredMap } as const satisfies Members;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html, 2026-11-21 */
export function transactGetItems({ tables, input: request, consumed }: Request): unknown {
  const input = checkMembers(request, transactGetMembers, "TransactGetItems");
  const reads = (input.TransactItems as unknown[]).map((each, index) => {
    const path = `transactItems.${index + 1}.member`;
    checkMembers(structure(each), getMembers, "TransactGetItems", path);
    return readRead(structure(structure(each).Get), `${path}.get`);
  });
  const located = reads.map((read) => ({ read, table: tables.get(read.tableName) }));
  const attempts = located.map(({ read, table }) => attempt(() => ({ table, order: orderOf(table, read.key) })));
  checkDistinct(attempts);
  if (attempts.some(({ reason }) => reason !== none)) throw transactionCancelled(attempts.map(({ reason }) => reason));
  const rows = attempts.map(({ done }) => done!.table.read(done!.order));
  if (rows.reduce((sum, row) => sum + (row?.bytes ?? 0), 0) > largestTransactionBytes) {
    throw invalid(transactionTooLarge);
  }
  const responses = located.map(({ read, table }, index) => {
    const row = rows[index];
    consumed.addRead(table, 2 * readUnits(row?.bytes ?? 0, true));
    return row ? { Item: selected(row.item, read.selection) } : {};
  });
  return { Responses: responses, ...consumed.all(input.ReturnConsumedCapacity as CapacityMode, "ReadCapacityUnits") };
}
