import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exit } from "../src/failure.ts";
import { readRun } from "../src/runs/run-line.ts";

const reading = (text: string) => {
  const file = join(mkdtempSync(join(tmpdir(), "run-")), "run.ndjson");
  writeFileSync(file, text);
  return Array.fromAsync(readRun(file));
};
const started = { type: "RunStarted", version: 1, command: "pnpm compare", variants: ["choreography"] };

test("a run is read from its first line on", async () => {
  expect(await reading(`${JSON.stringify(started)}\n{"type":"StatusChanged"}\n`)).toEqual([
    started,
    { type: "StatusChanged" },
  ]);
});

test.each([
  [JSON.stringify({ ...started, version: 2 }), "has version 2, and this reads version 1", exit.usage],
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
