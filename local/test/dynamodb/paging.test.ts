import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesTable, n, openDynamoDb, s } from "./fixture.ts";

interface Line {
  readonly order: string;
  readonly line: number;
}

const line = fc.record({ order: fc.constantFrom("a", "b", "c\0", "c"), line: fc.integer({ min: -40, max: 40 }) });
const change = fc.record({ kind: fc.constantFrom("put", "put", "put", "delete"), at: line });

/** All pages of a Query or Scan, one after the other. */
function readAll(
  call: ReturnType<typeof openDynamoDb>["call"],
  operation: string,
  input: Record<string, unknown>,
): Line[] {
  const lines: Line[] = [];
  let start: unknown;
  do {
    const page = call(operation, { ...input, ...(start !== undefined && { ExclusiveStartKey: start }) });
    for (const item of page.Items as { order: { S: string }; line: { N: string } }[]) {
      lines.push({ order: item.order.S, line: Number(item.line.N) });
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return lines;
}

const text = ({ order, line: number }: Line) => `${order}/${number}`;

describe("pages", () => {
  it("together hold what a sorted list would, each item once, in every direction and by every segment", () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 120 }),
        fc.record({
          limit: fc.integer({ min: 1, max: 9 }),
          low: fc.integer({ min: -45, max: 45 }),
          span: fc.integer({ min: 0, max: 50 }),
          forward: fc.boolean(),
          segments: fc.integer({ min: 1, max: 5 }),
        }),
        (changes, { limit, low, span, forward, segments }) => {
          const { create, call } = openDynamoDb();
          create(linesTable);
          const model = new Map<string, Line>();
          for (const { kind, at } of changes) {
            const key = { order: s(at.order), line: n(at.line) };
            if (kind === "put") {
              call("PutItem", { TableName: "lines", Item: key });
              model.set(text(at), at);
            } else {
              call("DeleteItem", { TableName: "lines", Key: key });
              model.delete(text(at));
            }
          }
          const expected = [...model.values()]
            .filter((each) => each.order === "c" && each.line >= low && each.line <= low + span)
            .toSorted((a, b) => (forward ? a.line - b.line : b.line - a.line));
          const queried = readAll(call, "Query", {
            TableName: "lines",
            KeyConditionExpression: "#o = :o AND line BETWEEN :low AND :high",
            ExpressionAttributeNames: { "#o": "order" },
            ExpressionAttributeValues: { ":o": s("c"), ":low": n(low), ":high": n(low + span) },
            ScanIndexForward: forward,
            Limit: limit,
          });
          expect(queried).toEqual(expected);

          const scanned = Array.from({ length: segments }, (_, segment) =>
            readAll(call, "Scan", { TableName: "lines", Limit: limit, Segment: segment, TotalSegments: segments }),
          ).flat();
          expect(scanned.map(text).toSorted()).toEqual([...model.keys()].toSorted());
        },
      ),
      { numRuns: 150, seed: 20261121 },
    );
  });

  it("stay in order over thousands of items put in any order", () => {
    const { create, call } = openDynamoDb();
    create(linesTable);
    for (let index = 0; index < 3000; index += 1) {
      call("PutItem", { TableName: "lines", Item: { order: s("a"), line: n((index * 1777) % 3000) } });
    }
    for (let index = 0; index < 3000; index += 2) {
      call("DeleteItem", { TableName: "lines", Key: { order: s("a"), line: n(index) } });
    }
    const input = {
      TableName: "lines",
      KeyConditionExpression: "#o = :o",
      ExpressionAttributeNames: { "#o": "order" },
      ExpressionAttributeValues: { ":o": s("a") },
      Limit: 700,
    };
    const odd = Array.from({ length: 1500 }, (_, index) => 2 * index + 1);
    expect(readAll(call, "Query", input).map((each) => each.line)).toEqual(odd);
    expect(readAll(call, "Query", { ...input, ScanIndexForward: false }).map((each) => each.line)).toEqual(
      odd.toReversed(),
    );
  });
});
