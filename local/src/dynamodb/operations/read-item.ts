import { Expressions } from "../expression/expressions.ts";
import type { Selection } from "../expression/projection.ts";
import { project, selectionOf } from "../expression/projection.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import type { CapacityMode, Members } from "../parameters.ts";
import { checkMembers, shared, tableNameOf } from "../parameters.ts";
import { checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import { readUnits } from "./capacity.ts";
import type { Request } from "./request.ts";

/** One item to read, from its request; the same alone and within a transaction. */
export interface Read {
  readonly tableName: string;
  readonly key: Item;
  readonly selection: Selection | undefined;
}

/** What a read within a transaction declares; alone it has more. */
const readMembers = {
  TableName: shared.tableName,
  Key: shared.requiredMap,
  ProjectionExpression: shared.string,
  ExpressionAttributeNames: shared.map,
} as const satisfies Members;

const getItemMembers = {
  ...readMembers,
  ConsistentRead: shared.boolean,
  ReturnConsumedCapacity: shared.capacity,
} as const satisfies Members;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html, 2026-11-21 */
export function getItem({ tables, input: request, consumed }: Request): unknown {
  const input = checkMembers(request, getItemMembers, "GetItem");
  const read = readOf(input);
  const table = tables.get(read.tableName);
  const row = table.read(orderOf(table, read.key));
  consumed.addRead(table, readUnits(row?.bytes ?? 0, input.ConsistentRead as boolean | undefined));
  return {
    ...(row && { Item: selected(row.item, read.selection) }),
    ...consumed.one(input.ReturnConsumedCapacity as CapacityMode),
  };
}

/** @param path of the structure within the request, as AWS shows it in errors */
export function readRead(request: Readonly<Record<string, unknown>>, path: string): Read {
  return readOf(checkMembers(request, readMembers, "Get", path));
}

function readOf(request: Readonly<Record<string, unknown>>): Read {
  return {
    tableName: tableNameOf(request.TableName as string),
    key: admitItem(request.Key),
    selection: readProjection(request),
  };
}

/** The attributes a ProjectionExpression asks for; undefined for all. */
export function readProjection(request: Readonly<Record<string, unknown>>): Selection | undefined {
  const { ExpressionAttributeNames } = request;
  const text = request.ProjectionExpression as string | undefined;
  const expressions = new Expressions({ ExpressionAttributeNames }, { ProjectionExpression: text });
  const selection = text === undefined ? undefined : selectionOf(expressions.projection(text));
  expressions.finish();
  return selection;
}

/** Where the item of a key stands. @throws AwsError ValidationException for a key that is not the table's */
export function orderOf(table: Table, key: Item): string {
  checkKey(table.key, key);
  return rowOrder(table.key, key);
}

export const selected = (item: Item, selection: Selection | undefined): Item =>
  selection ? project(selection, item) : item;
