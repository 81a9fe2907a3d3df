import { attributesNamed } from "../expression/attributes-named.ts";
import { Expressions } from "../expression/expressions.ts";
import { invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import { attributesOf } from "../table/key.ts";
import type { RowRange } from "./key-condition.ts";
import { rangeOf } from "./key-condition.ts";
import type { PageInput } from "./read-page.ts";
import { readPage, sourceOf, startOrder } from "./read-page.ts";
import type { Request } from "./request.ts";

interface QueryInput extends PageInput {
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html, 2026-11-21 */
export function query({ tables, consumed, input }: Request<QueryInput>): unknown {
  const { ProjectionExpression, FilterExpression, KeyConditionExpression } = input;
  const expressions = new Expressions(input, { ProjectionExpression, FilterExpression, KeyConditionExpression });
  const start = input.ExclusiveStartKey === undefined ? undefined : admitItem(input.ExclusiveStartKey);
  if (KeyConditionExpression === undefined) {
    throw invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  }
  const keyCondition = expressions.condition("KeyConditionExpression", KeyConditionExpression);
  const { table, index, filter, paths } = sourceOf({ tables, input }, expressions);
  const key = index?.definition.key ?? table.key;
  const all = rangeOf(keyCondition, expressions, key);
  const ascending = input.ScanIndexForward !== false;
  const range = start ? rangeAfter(all, startOrder(table, index, start), ascending) : all;
  if (filter) {
    const named = new Set(attributesNamed(filter, expressions));
    const keyName = attributesOf(key).find(({ name }) => named.has(name))?.name;
    if (keyName !== undefined) {
      throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${keyName}`);
    }
  }
  return readPage(input, { table, index, range, ascending, filter, expressions, paths, consumed });
}

/** What is left of a range after a row of it. */
function rangeAfter({ from, until }: RowRange, start: string, ascending: boolean): RowRange {
  if (start < from || start >= until) {
    throw invalid("The provided starting key is outside query boundaries based on provided conditions");
  }
  return ascending ? { from: `${start}\0`, until } : { from, until: start };
}
