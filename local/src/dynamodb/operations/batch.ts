import { invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import { checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import { type CapacityMode, readUnits } from "./capacity.ts";
import { type ProjectionInput, readProjection, selected } from "./read-item.ts";
import type { Request } from "./request.ts";
import type { CollectionMetrics, Write, WriteInput } from "./write.ts";
import { refuseCollectionMetrics, writeOf } from "./write.ts";

/** BatchGetItem returns at most this much: …/APIReference/API_BatchGetItem.html, 2026-11-21 */
const answerBytes = 16 * 1024 * 1024;

interface Batch<OfTable> {
  /** By the name of the table. */
  readonly RequestItems?: Readonly<Record<string, OfTable>>;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

interface KeysInput extends ProjectionInput {
  readonly Keys: readonly unknown[];
  readonly ConsistentRead?: boolean;
}

/** Items in the order of their keys, where AWS gives none; what exceeds 16 MB is left for another call. */
export function batchGetItem({ tables, input, consumed }: Request<Batch<KeysInput>>): unknown {
  const requests = entriesOf(input, "BatchGetItem").map(([name, value]) => readKeys(name, value));
  if (requests.reduce((sum, { keys }) => sum + keys.length, 0) > 100) {
    throw invalid("Too many items requested for the BatchGetItem call");
  }
  const located = requests.map((request) => ({ ...request, ...locate(tables.get(request.name), request.keys) }));

  const responses: [string, Item[]][] = [];
  const unprocessed: [string, unknown][] = [];
  let bytes = 0;
  for (const { name, value, selection, table, orders, keys } of located) {
    const items: Item[] = [];
    const left: Item[] = [];
    for (const [index, order] of orders.entries()) {
      const row = table.read(order);
      if (bytes + (row?.bytes ?? 0) > answerBytes) {
        left.push(keys[index]!);
        continue;
      }
      bytes += row?.bytes ?? 0;
      consumed.addRead(table, readUnits(row?.bytes ?? 0, value.ConsistentRead));
      if (row) items.push(selected(row.item, selection));
    }
    responses.push([name, items]);
    if (left.length > 0) unprocessed.push([name, { ...value, Keys: left }]);
  }
  return {
    Responses: Object.fromEntries(responses),
    UnprocessedKeys: Object.fromEntries(unprocessed),
    ...consumed.all(input.ReturnConsumedCapacity),
  };
}

/** What a batch asks of each table. @throws AwsError ValidationException for a batch that asks nothing */
function entriesOf<OfTable>({ RequestItems = {} }: Batch<OfTable>, operation: string): [string, OfTable][] {
  const entries = Object.entries(RequestItems);
  if (entries.length > 0) return entries;
  throw invalid(`The requestItems parameter is required for ${operation}`);
}

function readKeys(name: string, value: KeysInput) {
  const keys = value.Keys.map((key) => admitItem(key));
  return { name, value, keys, selection: readProjection(value) };
}

function locate(table: Table, keys: readonly Item[]): { table: Table; orders: string[] } {
  const orders = keys.map((key) => {
    checkKey(table.key, key);
    return rowOrder(table.key, key);
  });
  if (new Set(orders).size < orders.length) throw invalid("Provided list of item keys contains duplicates");
  return { table, orders };
}

interface WriteRequest {
  readonly PutRequest?: Pick<WriteInput, "Item">;
  readonly DeleteRequest?: Pick<WriteInput, "Key">;
}

type BatchWriteInput = Batch<readonly WriteRequest[]> & CollectionMetrics;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, 2026-11-21 */
export function batchWriteItem({ tables, input, trace, consumed }: Request<BatchWriteInput>): unknown {
  refuseCollectionMetrics(input, "BatchWriteItem");
  const writes = entriesOf(input, "BatchWriteItem").flatMap(([name, requests]) =>
    requests.map((request) => readRequest(name, request)),
  );
  if (writes.length > 25) throw invalid("Too many items requested for the BatchWriteItem call");
  const seen = new Set<string>();
  const located = writes.map((write) => {
    const table = tables.get(write.tableName);
    const keys = write.locate(table);
    const order = rowOrder(table.key, keys);
    const region = `${table.definition.name}/${order}`;
    if (seen.has(region)) throw invalid("Provided list of item keys contains duplicates");
    seen.add(region);
    return { write, table, keys, order };
  });

  for (const { write, table, keys, order } of located) {
    const old = table.read(order);
    const next = write.next(table, old);
    tables.change(trace, table, order, keys, old, next);
    consumed.addWrite(table, old, next);
  }
  return { UnprocessedItems: {}, ...consumed.all(input.ReturnConsumedCapacity) };
}

function readRequest(name: string, { PutRequest, DeleteRequest }: WriteRequest): Write {
  if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
    throw invalid(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  return PutRequest === undefined
    ? writeOf("Delete", { ...DeleteRequest, TableName: name })
    : writeOf("Put", { ...PutRequest, TableName: name });
}
