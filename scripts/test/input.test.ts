import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exit } from "../src/failure.ts";
import { renderRefused } from "../src/orders/refused-lines.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { plan } from "../src/orders/work.ts";

const folder = mkdtempSync(join(tmpdir(), "input-"));
const order = scenarios[0]!.orders[0]!;

function written(text: string): string {
  const file = join(folder, "orders");
  writeFileSync(file, text);
  return file;
}

test.each([
  ["an array", JSON.stringify([order, order]), "is a JSON array of 2 values", "jq -c '.[]'"],
  ["an array over several lines", JSON.stringify([order], null, 2), "is a JSON array of 1 value,", "jq -c '.[]'"],
  ["an object over several lines", JSON.stringify(order, null, 2), "is JSON over several lines", "jq -c ."],
  [
    "several such objects",
    [order, order].map((each) => JSON.stringify(each, null, 2)).join("\n"),
    "is JSON over several lines",
    "jq -c .",
  ],
  ["an empty file", "\n\n", "is empty", "put one JSON object on a line"],
  ["another kind of file", "# Orders\n\nnone\n", "has no order on any line", "put one JSON object on a line"],
])("%s as --input is named for what it is, and is no verdict", async (_what, text, is, next) => {
  const failure = await plan({ input: written(text) }, "").catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ exitCode: exit.unknown });
  const { message } = failure as Error;
  expect(message).toContain(is);
  expect(message).toContain("nothing was compared");
  expect(message).toContain(`next: ${next}`);
  expect(message.split("\n").length).toBeLessThan(15);
});

test("ten malformed lines are explained, and the others counted", () => {
  const refused = Array.from({ length: 13 }, (_, index) => ({
    line: index + 1,
    error: "InvalidOrder" as const,
    issues: [{ field: "sku", message: "wrong" }],
  }));
  const lines = renderRefused("orders.ndjson", refused).trimEnd().split("\n");
  expect(lines).toHaveLength(11);
  expect(lines[9]).toBe("orders.ndjson:10: InvalidOrder: sku: wrong");
  expect(lines[10]).toBe("… and 3 more errors in orders.ndjson");
});
