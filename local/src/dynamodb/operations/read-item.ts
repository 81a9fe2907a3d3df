import { tableNameOf } from "../corrections.ts";
import { Expressions } from "../expression/expressions.ts";
import type { Selection } from "../expression/projection.ts";
import { project, selectionOf } from "../expression/projection.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import { checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { Table } from "../table/table.ts";
import { type CapacityMode, readUnits } from "./capacity.ts";
import type { Request } from "./request.ts";

/** One item to read, from its request; the same alone and within a transaction. */
export interface Read {
  readonly tableName: string;
  readonly key: Item;
  readonly selection: Selection | undefined;
}

/** What is asked of attributes. */
export interface ProjectionInput {
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: unknown;
}

/** A read within a transaction; alone more can be asked. */
export interface ReadInput extends ProjectionInput {
  readonly TableName: string;
  readonly Key: unknown;
}

interface GetItemInput extends ReadInput {
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html, 2026-11-21 */
export function getItem({ tables, input, consumed }: Request<GetItemInput>): unknown {
  const read = readOf(input);
  const table = tables.get(read.tableName);
  const row = table.read(orderOf(table, read.key));
  consumed.addRead(table, readUnits(row?.bytes ?? 0, input.ConsistentRead));
  return {
    ...(row && { Item: selected(row.item, read.selection) }),
    ...consumed.one(input.ReturnConsumedCapacity),
  };
}

/** @throws AwsError ValidationException for what is wrong whatever the table holds */
export function readOf(input: ReadInput): Read {
  return {
    tableName: tableNameOf(input.TableName),
    key: admitItem(input.Key),
    selection: readProjection(input),
  };
}

/** The attributes a ProjectionExpression asks for; undefined for all. */
export function readProjection(input: ProjectionInput): Selection | undefined {
  const { ExpressionAttributeNames, ProjectionExpression: text } = input;
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
