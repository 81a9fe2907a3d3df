import { invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import type { CapacityMode, Members } from "../parameters.ts";
import { checkMembers, shared, show, structure } from "../parameters.ts";
import { checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import { readUnits } from "./capacity.ts";
import { readProjection, selected } from "./read-item.ts";
import type { Request } from "./request.ts";
import type { Write } from "./write.ts";
import { readWrite, refuseCollectionMetrics } from "./write.ts";

/** BatchGetItem returns at most this much: …/APIReference/API_BatchGetItem.html, 2026-11-21 */
const answerBytes = 16 * 1024 * 1024;

const batchGetMembers = {
  RequestItems: shared.map,
  ReturnConsumedCapacity: shared.capacity,
} as const satisfies Members;

const keysMembers = {
  Keys: { type: "list", required: true, atLeast: 1, atMost: 100, named: "as declared" },
  ConsistentRead: shared.boolean,
  ProjectionExpression: shared.string,
  ExpressionAttributeNames: shared.map,
} as const satisfies Members;

/** Items in the order of their keys, where AWS gives none; what exceeds 16 MB is left for another call. */
export function batchGetItem({ tables, input: given, consumed }: Request): unknown {
  const input = checkMembers(given, batchGetMembers, "BatchGetItem");
  const requests = entriesOf(input.RequestItems, "BatchGetItem").map(([name, value]) =>
    readKeys(name, structure(value)),
  );
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
      consumed.addRead(table, readUnits(row?.bytes ?? 0, value.ConsistentRead as boolean | undefined));
      if (row) items.push(selected(row.item, selection));
    }
    responses.push([name, items]);
    if (left.length > 0) unprocessed.push([name, { ...value, Keys: left }]);
  }
  return {
    Responses: Object.fromEntries(responses),
    UnprocessedKeys: Object.fromEntries(unprocessed),
    ...consumed.all(input.ReturnConsumedCapacity as CapacityMode),
  };
}

/** What a batch asks of each table. @throws AwsError ValidationException for a batch that asks nothing */
function entriesOf(requestItems: unknown, operation: string): [string, unknown][] {
  const entries = Object.entries(structure(requestItems ?? {}));
  if (entries.length > 0) return entries;
  throw invalid(`The requestItems parameter is required for ${operation}`);
}

function readKeys(name: string, given: Readonly<Record<string, unknown>>) {
  const value = checkMembers(given, keysMembers, "BatchGetItem", `RequestItems.${name}.member`);
  const keys = (value.Keys as unknown[]).map((key) => admitItem(key));
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

const batchWriteMembers = {
  RequestItems: shared.map,
  ReturnConsumedCapacity: shared.capacity,
  ReturnItemCollectionMetrics: shared.collectionMetrics,
} as const satisfies Members;

const requestMembers = { PutRequest: shared.map, DeleteRequest: shared.map } as const satisfies Members;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, 2026-11-21 */
export function batchWriteItem({ tables, input: given, trace, consumed }: Request): unknown {
  const input = checkMembers(given, batchWriteMembers, "BatchWriteItem");
  refuseCollectionMetrics(input.ReturnItemCollectionMetrics, "BatchWriteItem");
  const writes = entriesOf(input.RequestItems, "BatchWriteItem").flatMap(([name, requests]) => {
    checkMembers({ [name]: requests }, { [name]: { type: "list", required: true } }, "BatchWriteItem", "requestItems");
    return readRequests(name, requests as unknown[]);
  });
  if (writes.length > 25) throw invalid("Too many items requested for the BatchWriteItem call");
  const seen = new Set<string>();
  const located = writes.map((write) => {
    const table = tables.get(write.tableName);
    const keys = write.locate(table);
    const order = rowOrder(table.key, keys);
    const place = `${table.definition.name}/${order}`;
    if (seen.has(place)) throw invalid("Provided list of item keys contains duplicates");
    seen.add(place);
    return { write, table, keys, order };
  });

  for (const { write, table, keys, order } of located) {
    const old = table.read(order);
    const next = write.next(table, old);
    tables.change(trace, table, order, keys, old, next);
    consumed.addWrite(table, old, next);
  }
  return { UnprocessedItems: {}, ...consumed.all(input.ReturnConsumedCapacity as CapacityMode) };
}

function readRequests(name: string, requests: readonly unknown[]): Write[] {
  if (requests.length > 0 && requests.length <= 25) {
    return requests.map((request, index) => readRequest(name, structure(request), index));
  }
  throw invalid(
    `1 validation error detected: Value '{${name}=${show(requests)}}' at 'requestItems' failed to satisfy ` +
      "constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, " +
      "Member must have length greater than or equal to 1]",
  );
}

function readRequest(name: string, given: Readonly<Record<string, unknown>>, index: number): Write {
  const path = `requestItems.${name}.member.${index + 1}.member`;
  const request = checkMembers(given, requestMembers, "BatchWriteItem", path);
  const { PutRequest, DeleteRequest } = request;
  if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
    throw invalid(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  return PutRequest === undefined
    ? readWrite("Delete", { ...structure(DeleteRequest), TableName: name }, `${path}.deleteRequest`)
    : readWrite("Put", { ...structure(PutRequest), TableName: name }, `${path}.putRequest`);
}
