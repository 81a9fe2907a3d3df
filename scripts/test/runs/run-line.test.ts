import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exit } from "../../src/failure.ts";
import { findOrder, readRun } from "../../src/runs/log/run-line.ts";

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "run-")), "run.ndjson");
  writeFileSync(file, text);
  return file;
}
const run = (...all: object[]) => fileOf(all.map((each) => JSON.stringify(each)).join("\n"));
const reading = (text: string) => Array.fromAsync(readRun(fileOf(text)));
const started = {
  type: "RunStarted",
  version: 2,
  command: "pnpm compare",
  profile: "equal",
  variants: ["choreography"],
  log: "all",
};

test("a run is read from its first line on", async () => {
  expect(await reading(`${JSON.stringify(started)}\n{"type":"StatusChanged"}\n`)).toEqual([
    started,
    { type: "StatusChanged" },
  ]);
});

test.each([
  [JSON.stringify({ ...started, version: 1 }), "has version 1, and this reads version 2", exit.usage],
  ['{"type":"StatusChanged"}', "is no run", exit.usage],
  ["not JSON", "cannot read the run", exit.usage],
  ["", "is empty", exit.unknown],
])("a reader refuses %s by name", async (text, message, exitCode) => {
  await expect(reading(text)).rejects.toMatchObject({ exitCode, message: expect.stringContaining(message) });
});

test("a reader says which file is not there", async () => {
  await expect(Array.fromAsync(readRun("/nowhere/run.ndjson"))).rejects.toMatchObject({
    exitCode: exit.usage,
    message: expect.stringContaining("/nowhere/run.ndjson"),
  });
});

test("the lines of one order are found, or a run of which only a sample was kept says so", async () => {
  const line = { type: "StatusChanged", variant: "choreography", orderId: "one", status: "PENDING" };
  const total = { type: "PathTotal", variant: "choreography", batch: "orders", orders: 7, path: ["SHIPPED"] };
  const sampled = run(started, line, total);
  expect(await findOrder("one", sampled)).toEqual({ started, lines: [line] });
  await expect(findOrder("two", sampled)).rejects.toMatchObject({
    exitCode: exit.unknown,
    message: expect.stringMatching(/only a sample of the orders is kept in full[^]*pnpm compare --log all/),
  });
  const others = ["twelve", "owt", "too", "threee"].map((orderId) => ({ ...line, orderId }));
  await expect(findOrder("two", run(started, ...others))).rejects.toMatchObject({
    exitCode: exit.usage,
    message: expect.stringContaining("knows no order two; it knows too, "),
  });
});
