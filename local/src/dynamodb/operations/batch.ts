import { invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import type { CapacityMode, Members } from "../parameters.ts";
import { checkMembers, shared, structure } from "../parameters.ts";
import { checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import { readUnits } from "./capacity.ts";
import { readProjection, selected } from "./read-item.ts";
import type { Request } from "./request.ts";
import { readWrite, refuseCollectionMetrics } from "./write.ts";

/** BatchGetItem returns at most this much: …/APIReference/API_BatchGetItem.html, 2026-11-21 */
const answerBytes = 16 * 1024 * 1024;

const requestItems = { type: "map", required: true, atLeast: 1 } as const;

const batchGetMembers = {
  RequestItems: requestItems,
  ReturnConsumedCapacity: shared.capacity,
} as const satisfies Members;

const keysMembers = {
  Keys: { type: "list", required: true, atLeast: 1, atMost: 100 },
  ConsistentRead: shared.boolean,
  ProjectionExpression: shared.string,
  ExpressionAttributeNames: shared.map,
} as const satisfies Members;

/** Items in the order of their keys, where AWS gives none; what exceeds 16 MB is left for another call. */
export function batchGetItem({ tables, input, consumed }: Request): unknown {
  checkMembers(input, batchGetMembers, "BatchGetItem");
  const requests = Object.entries(structure(input.RequestItems)).map(([name, value]) =>
    readKeys(name, structure(value)),
  );
  if (requests.reduce((sum, { keys }) => sum + keys.length, 0) > 100) {
    throw invalid("Too many items requested for the BatchGetItem call");
  }
  const located = requests.map((request) => ({ ...request, ...locate(tables.get(request.name), request.keys) }));

  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, unknown> = {};
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
    responses[name] = items;
    if (left.length > 0) unprocessed[name] = { ...value, Keys: left };
  }
  return {
    Responses: responses,
    UnprocessedKeys: unprocessed,
    ...consumed.all(input.ReturnConsumedCapacity as CapacityMode),
  };
}

function readKeys(name: string, value: Readonly<Record<string, unknown>>) {
  checkMembers(value, keysMembers, "BatchGetItem", `requestItems.${name}.member`);
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
  RequestItems: requestItems,
  ReturnConsumedCapacity: shared.capacity,
  ReturnItemCollectionMetrics: shared.collectionMetrics,
} as const satisfies Members;

const requestMembers = { PutRequest: shared.map, DeleteRequest: shared.map } as const satisfies Members;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html, 2026-11-21 */
export function batchWriteItem({ tables, input, trace, consumed }: Request): unknown {
  checkMembers(input, batchWriteMembers, "BatchWriteItem");
  refuseCollectionMetrics(input.ReturnItemCollectionMetrics, "BatchWriteItem");
  const writes = Object.entries(structure(input.RequestItems)).flatMap(([name, requests]) => {
    const members: Members = { [name]: { type: "list", atLeast: 1, atMost: 25 } };
    checkMembers({ [name]: requests }, members, "BatchWriteItem", "requestItems");
    return (requests as unknown[]).map((request, index) => readRequest(name, structure(request), index));
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

function readRequest(name: string, request: Readonly<Record<string, unknown>>, index: number) {
  const path = `requestItems.${name}.member.${index + 1}.member`;
  checkMembers(request, requestMembers, "BatchWriteItem", path);
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
