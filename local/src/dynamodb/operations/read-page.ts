import type { ConditionNode } from "../expression/condition.ts";
import type { ExpressionInput, Expressions } from "../expression/expressions.ts";
import { holds } from "../expression/holds.ts";
import type { Path } from "../expression/path.ts";
import { selectionOf } from "../expression/projection.ts";
import { invalid } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import { attributeOf, setAttribute } from "../item/attribute-value.ts";
import { attributesOf, checkKey } from "../table/key.ts";
import { rowOrder } from "../table/row-order.ts";
import type { SecondaryIndex } from "../table/secondary-index.ts";
import type { Table } from "../table/table.ts";
import type { CapacityMode, Consumed } from "./capacity.ts";
import { readUnits } from "./capacity.ts";
import type { RowRange } from "./key-condition.ts";
import { selected } from "./read-item.ts";
import type { Request } from "./request.ts";

/** A page ends once it has read this much, before filters: …/developerguide/Query.Pagination.html, 2026-11-21 */
const pageBytes = 1024 * 1024;

/** What Query and Scan both ask. */
export interface PageInput extends ExpressionInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Select?: "SPECIFIC_ATTRIBUTES" | "COUNT" | "ALL_ATTRIBUTES" | "ALL_PROJECTED_ATTRIBUTES";
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: unknown;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

/**
 * What a page is read from, and what of it is given.
 * @param expressions of the input, of which everything else was read
 * @throws AwsError ValidationException, ResourceNotFoundException
 */
export function sourceOf({ tables, input }: Pick<Request<PageInput>, "tables" | "input">, expressions: Expressions) {
  const { FilterExpression, ProjectionExpression } = input;
  const filter =
    FilterExpression === undefined ? undefined : expressions.condition("FilterExpression", FilterExpression);
  const paths = ProjectionExpression === undefined ? undefined : expressions.projection(ProjectionExpression);
  expressions.finish();
  checkSelect(input);
  const table = tables.get(input.TableName);
  return { table, index: indexOf(table, input), filter, paths };
}

function indexOf(table: Table, input: PageInput): SecondaryIndex | undefined {
  if (input.IndexName === undefined) return undefined;
  const index = table.indexes.get(input.IndexName);
  if (!index) throw invalid(`The table does not have the specified index: ${input.IndexName}`);
  if (input.ConsistentRead && index.definition.kind === "global") {
    throw invalid("Consistent reads are not supported on global secondary indexes");
  }
  return index;
}

/** @throws AwsError ValidationException for a Select that does not fit the rest of the request */
function checkSelect({ Select, ProjectionExpression, IndexName }: PageInput): void {
  if (Select === "ALL_PROJECTED_ATTRIBUTES" && IndexName === undefined) {
    throw invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
  if (ProjectionExpression === undefined) {
    if (Select !== "SPECIFIC_ATTRIBUTES") return;
    throw invalid("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
  }
  if (Select === undefined || Select === "SPECIFIC_ATTRIBUTES") return;
  const what = Select === "COUNT" ? "only the Count" : Select;
  throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
}

/** The order of the row a page goes on after. @throws AwsError ValidationException */
export function startOrder(table: Table, index: SecondaryIndex | undefined, start: Item): string {
  const keys = index ? [table.key, index.definition.key] : [table.key];
  const names = new Set(keys.flatMap(attributesOf).map(({ name }) => name));
  if (Object.keys(start).length !== names.size || !Object.keys(start).every((name) => names.has(name))) {
    throw invalid("The provided starting key is invalid");
  }
  try {
    checkKey(table.key, table.keysOf(start));
    const order = rowOrder(table.key, start);
    return index ? rowOrder(index.definition.key, start, order) : order;
  } catch (error) {
    throw invalid(`The provided starting key is invalid: ${(error as Error).message}`);
  }
}

/** What a Query or Scan reads, once its request is understood. */
export interface PageRequest {
  readonly table: Table;
  readonly index: SecondaryIndex | undefined;
  readonly range: RowRange;
  readonly ascending: boolean;
  readonly filter: ConditionNode | undefined;
  readonly expressions: Expressions;
  readonly paths: readonly Path[] | undefined;
  readonly consumed: Consumed;
}

/** Reads one page, and says where the next one starts. */
export function readPage(input: PageInput, request: PageRequest): unknown {
  const { table, index, range, ascending, filter, expressions, paths, consumed } = request;
  const whole = readsWholeItems(input, request);
  const rows = (index ?? table).rows;
  const limit = input.Limit ?? Infinity;
  const items: Item[] = [];
  let [scanned, bytes, wholeUnits] = [0, 0, 0];
  let last: Item | undefined;
  for (const row of ascending ? rows.ascending(range.from, range.until) : rows.descending(range.from, range.until)) {
    scanned += 1;
    bytes += row.bytes;
    let { item } = row;
    if (whole) {
      const source = table.read(rowOrder(table.key, item))!;
      wholeUnits += readUnits(source.bytes, input.ConsistentRead);
      ({ item } = source);
    }
    if (!filter || holds(filter, item, expressions)) items.push(item);
    if (scanned >= limit || bytes >= pageBytes) {
      last = row.item;
      break;
    }
  }
  consumed.addRead(table, readUnits(bytes, input.ConsistentRead), index?.definition.name);
  if (whole) consumed.addRead(table, wholeUnits);
  const selection = paths && selectionOf(paths);
  return {
    ...(input.Select !== "COUNT" && { Items: selection ? items.map((item) => selected(item, selection)) : items }),
    Count: items.length,
    ScannedCount: scanned,
    ...(last && { LastEvaluatedKey: keyOf(table, index, last) }),
    ...consumed.one(input.ReturnConsumedCapacity),
  };
}

/**
 * Whether attributes are wanted that the index does not hold: a local index then reads the table, a global one cannot.
 * @throws AwsError ValidationException
 */
function readsWholeItems({ Select }: PageInput, { index, paths }: PageRequest): boolean {
  if (!index?.projected) return false;
  const { kind, name } = index.definition;
  const missing = paths?.map(([head]) => head as string).filter((head) => !index.projected!.has(head)) ?? [];
  if (kind === "local") return Select === "ALL_ATTRIBUTES" || missing.length > 0;
  if (Select === "ALL_ATTRIBUTES") {
    throw invalid(
      "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for " +
        `global secondary index ${name} because its projection type is not ALL`,
    );
  }
  if (missing.length === 0) return false;
  throw invalid(
    `One or more parameter values were invalid: Global secondary index ${name} does not project ` +
      `[${missing.join(", ")}]`,
  );
}

function keyOf(table: Table, index: SecondaryIndex | undefined, item: Item): Item {
  const key = { ...table.keysOf(item) };
  for (const { name } of index ? attributesOf(index.definition.key) : [])
    setAttribute(key, name, attributeOf(item, name)!);
  return key;
}
