import { describe, expect, test } from "vitest";
import { EventPattern } from "../../src/events/pattern/event-pattern.ts";
import { parseForMatching } from "../../src/events/pattern/event-text.ts";
import { FlatEvent } from "../../src/events/pattern/flat-event.ts";
import { compilePattern, testEventPattern } from "../../src/events/rule/compile-pattern.ts";

function matches(pattern: string, event: string): boolean {
  return new EventPattern(pattern).matches(new FlatEvent(parseForMatching(event) as Record<string, unknown>));
}

describe("an event pattern matches", () => {
  test.each([
    ["any value of its array", '{"status": ["PAID", "SHIPPED"]}', '{"status": "SHIPPED"}'],
    ["an event whose array holds the value", '{"tags": ["b"]}', '{"tags": ["a", "b"]}'],
    ["null", '{"reason": [null]}', '{"reason": null}'],
    ["numbers by value", '{"total": [300]}', '{"total": 3.0e2}'],
    ["numbers too long for binary64 by their digits", '{"id": [12345678901234567890]}', '{"id": 12345678901234567890}'],
    ["a prefix in any case", '{"file": [{"prefix": {"equals-ignore-case": "IMG"}}]}', '{"file": "img-7.png"}'],
    ["a suffix", '{"file": [{"suffix": ".png"}]}', '{"file": "img-7.png"}'],
    ["a wildcard", '{"path": [{"wildcard": "/users/*/avatar"}]}', '{"path": "/users/7/avatar"}'],
    ["a star by its escape", '{"path": [{"wildcard": "\\\\*"}]}', '{"path": "*"}'],
    ["any value but some, null included", '{"state": [{"anything-but": ["A", "B"]}]}', '{"state": null}'],
    [
      "what no excluded wildcard covers",
      '{"path": [{"anything-but": {"wildcard": "*/tmp/*"}}]}',
      '{"path": "/var/log/a"}',
    ],
    ["numbers within a range", '{"total": [{"numeric": [">", 0, "<=", 5]}]}', '{"total": 5}'],
    ["addresses of a block", '{"ip": [{"cidr": "10.0.0.0/24"}]}', '{"ip": "10.0.0.255"}'],
    ["another way to write an address", '{"ip": ["::9"]}', '{"ip": "0:0:0:0:0:0:0:9"}'],
    ["a missing field", '{"error": [{"exists": false}]}', '{"status": "PAID"}'],
    ["one alternative of $or", '{"a": [1], "$or": [{"b": [2]}, {"c": [3]}]}', '{"a": 1, "c": 3}'],
    ["dots of a name as levels", '{"state.code": [7]}', '{"state": {"code": 7}}'],
    ["the last of two patterns for one field", '{"a": [1], "a": [2]}', '{"a": 2}'],
    [
      "fields of one element of an array",
      '{"lines": {"sku": ["A"], "count": [2]}}',
      '{"lines": [{"sku": "B"}, {"sku": "A", "count": 2}]}',
    ],
  ])("%s", (_what, pattern, event) => expect(matches(pattern, event)).toBe(true));
});

describe("an event pattern does not match", () => {
  test.each([
    ["a number of other digits beyond binary64", '{"id": [12345678901234567890]}', '{"id": 12345678901234567891}'],
    ["a number by its text", '{"total": ["300"]}', '{"total": 300}'],
    ["anything-but where the field is missing", '{"state": [{"anything-but": "A"}]}', "{}"],
    ["an empty array as a value", '{"tags": [{"exists": true}]}', '{"tags": []}'],
    ["an object as a value", '{"a": [{"exists": true}]}', '{"a": {"b": 1}}'],
    [
      "fields of two elements of one array",
      '{"lines": {"sku": ["A"], "count": [2]}}',
      '{"lines": [{"sku": "A", "count": 1}, {"sku": "B", "count": 2}]}',
    ],
    ["an open bound", '{"total": [{"numeric": [">", 0]}]}', '{"total": 0}'],
  ])("%s", (_what, pattern, event) => expect(matches(pattern, event)).toBe(false));
});

describe("an invalid pattern is turned down with AWS's reason", () => {
  test.each([
    ['{"a": 42}', '"a" must be an object or an array\n at [Source: (String)"{"a": 42}"; line: 1, column: 9]'],
    ['["a"]', 'Filter is not an object\n at [Source: (String)"["a"]"; line: 1, column: 2]'],
    ['{"a": []}', 'Empty arrays are not allowed\n at [Source: (String)"{"a": []}"; line: 1, column: 9]'],
    [
      '{"a": [{"PREFIX": "x"}]}',
      'Unrecognized match type PREFIX\n at [Source: (String)"{"a": [{"PREFIX": "x"}]}"; line: 1, column: 20]',
    ],
    ['{"a": [{"cidr": "10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
    [
      '{"a": [{"wildcard": "x**"}]}',
      'Consecutive wildcard characters at pos 2\n at [Source: (String)"{"a": [{"wildcard": ' +
        '"x**"}]}"; line: 1, column: 26]',
    ],
    [
      "nonsense",
      "Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', " +
        `'true' or 'false')\n at [Source: (String)"nonsense"; line: 1, column: 9]`,
    ],
  ])("%s", (pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({
        code: "InvalidEventPatternException",
        message: `Event pattern is not valid. Reason: ${reason}`,
      }) as Error,
    );
  });

  test("wildcards that AWS calls too complex", () => {
    expect(() => compilePattern('{"a": [{"wildcard": "*:*:*:*:*:bus/*"}]}')).toThrow("Rule is too complex");
  });

  test("wildcards between what AWS is known to take and to refuse are refused by name", () => {
    expect(() => compilePattern('{"a": [{"wildcard": "*:*:*:*"}]}')).toThrow(
      "does not know AWS's limit for wildcards of complexity 7",
    );
  });
});

test("TestEventPattern wants the fields that every event has", () => {
  expect(() => testEventPattern('{"a": [1]}', '{"a": 1}')).toThrow("Parameter Event is not valid.");
});
