import { Expressions } from "../expression/expressions.ts";
import { invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import { beyond, positionCount, positionText } from "../table/row-order.ts";
import type { RowRange } from "./key-condition.ts";
import type { PageInput } from "./read-page.ts";
import { readPage, sourceOf, startOrder } from "./read-page.ts";
import type { Request } from "./request.ts";

interface ScanInput extends PageInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html, 2026-11-21 */
export function scan({ tables, consumed, input }: Request<ScanInput>): unknown {
  const { ProjectionExpression, FilterExpression } = input;
  const expressions = new Expressions(input, { ProjectionExpression, FilterExpression });
  const start = input.ExclusiveStartKey === undefined ? undefined : admitItem(input.ExclusiveStartKey);
  const segment = segmentRange(input);
  const { table, index, filter, paths } = sourceOf({ tables, input }, expressions);
  let range = segment;
  if (start) {
    const order = startOrder(table, index, start);
    if (order < segment.from || order >= segment.until) {
      throw invalid(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct " +
          `Segment. TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
      );
    }
    range = { from: `${order}\0`, until: segment.until };
  }
  return readPage(input, { table, index, range, ascending: true, filter, expressions, paths, consumed });
}

/** A segment is a share of the positions that partitions are spread over. */
function segmentRange({ Segment, TotalSegments }: ScanInput): RowRange {
  if (Segment !== undefined && TotalSegments === undefined) {
    throw invalid(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  }
  if (TotalSegments === undefined) return { from: "", until: beyond };
  if (Segment === undefined) {
    throw invalid(
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
  }
  if (Segment >= TotalSegments) {
    throw invalid(
      "The Segment parameter is zero-based and must be less than parameter TotalSegments: " +
        `Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  }
  const border = (segment: number) => positionText(Math.ceil((positionCount * segment) / TotalSegments));
  return { from: border(Segment), until: Segment + 1 === TotalSegments ? beyond : border(Segment + 1) };
}
