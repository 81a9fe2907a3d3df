import { AwsError } from "../../errors.ts";
import type { CancellationReason } from "../failures.ts";
import { invalid, transactionCancelled } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import type { CapacityMode, Consumed } from "./capacity.ts";
import { readUnits } from "./capacity.ts";
import { orderOf, readOf, selected, type ReadInput } from "./read-item.ts";
import type { Request } from "./request.ts";
import type { CollectionMetrics, Write, WriteInput, WriteKind } from "./write.ts";
import { refuseCollectionMetrics, writeOf } from "./write.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constants.html, 2026-11-21 */
const largestTransactionBytes = 4 * 1024 * 1024;
const transactionTooLarge = "The aggregate size of the items in the transaction exceeds 4 MB";

interface TransactWriteInput extends CollectionMetrics {
  readonly TransactItems: readonly Action[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

type Action = Readonly<Partial<Record<WriteKind, WriteInput>>>;

const none: CancellationReason = { Code: "None" };

/** A write, and the row that it is about. */
interface Located {
  readonly write: Write;
  readonly table: Table;
  readonly order: string;
  readonly keys: Item;
}

/** A write with what it finds and what it makes of it; or why not. */
type Decided = Located & { readonly old: Sized | undefined; readonly next: Sized | undefined };

/**
 * All writes or none. Nothing else happens between the first condition and the last write, so there are no conflicts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html, 2026-11-21
 */
export function transactWriteItems(request: Request<TransactWriteInput>): unknown {
  const { tables, tokens, input, trace, consumed } = request;
  refuseCollectionMetrics(input, "TransactWriteItems");
  const writes = input.TransactItems.map(readAction);
  const located = writes.map((write) => ({ write, table: tables.get(write.tableName) }));
  const { ReturnConsumedCapacity: mode, ClientRequestToken: token } = input;
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

function readAction(action: Action): Write {
  const writes = (Object.entries(action) as [WriteKind, WriteInput][]).filter(([, input]) => input !== undefined);
  const [write] = writes;
  if (writes.length !== 1 || !write)
    throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
  return writeOf(...write);
}

/** @throws AwsError TransactionCanceledException with the reasons of all actions, if any of them cannot be done */
function decideAll(located: readonly { write: Write; table: Table }[], consumed: Consumed): readonly Decided[] {
  const found = located.map(({ write, table }) => attempt(() => locate(write, table)));
  checkDistinct(found);
  const decided = found.map(({ done, reason }) => (done ? attempt(() => decide(done)) : { done, reason }));
  if (decided.some(({ reason }) => reason !== none)) {
    for (const { done } of found) if (done) addPrepared(consumed, done);
    throw transactionCancelled(decided.map(({ reason }) => reason));
  }
  return decided.map(({ done }) => done!);
}

/** @throws AwsError ValidationException where two actions are about one item */
function checkDistinct(found: readonly Attempt<{ readonly table: Table; readonly order: string }>[]): void {
  const rows = found.flatMap(({ done }) => (done ? [`${done.table.definition.name}/${done.order}`] : []));
  if (new Set(rows).size === rows.length) return;
  throw invalid("Transaction request cannot include multiple operations on one item");
}

function locate(write: Write, table: Table): Located {
  const keys = write.locate(table);
  return { write, table, keys, order: rowOrder(table.key, keys) };
}

function decide(found: Located): Decided {
  const { write, table, order } = found;
  const old = table.read(order);
  const failure = write.failure(old);
  if (failure) throw failure;
  return { ...found, old, next: write.next(table, old) };
}

/** AWS does not publish what a cancelled transaction takes: here each action takes what a failed condition does. */
function addPrepared(consumed: Consumed, { write, table, order }: Located): void {
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

interface TransactGetInput {
  readonly TransactItems: readonly { readonly Get: ReadInput }[];
  readonly ReturnConsumedCapacity?: CapacityMode;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html, 2026-11-21 */
export function transactGetItems({ tables, input, consumed }: Request<TransactGetInput>): unknown {
  const reads = input.TransactItems.map(({ Get }) => readOf(Get));
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
  return { Responses: responses, ...consumed.all(input.ReturnConsumedCapacity, "ReadCapacityUnits") };
}
