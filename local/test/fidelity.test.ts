import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { maximumCombinations } from "../src/events/pattern/event-pattern.ts";
import { maximumNesting } from "../src/nesting.ts";
import { services } from "../src/services.ts";
import { nodeLimit } from "../src/states/data/json-path-read.ts";
import { nestingLimit } from "../src/states/data/json.ts";
import { guardRails, mostSteps, mostWeight } from "../src/states/data/jsonata-effort.ts";
import { mostOfExecution, mostOfThread, taskEffort } from "../src/states/execution/effort.ts";

const fidelity = readFileSync(new URL("../../FIDELITY.md", import.meta.url), "utf8");
const [before, bounds = ""] = fidelity.split("## Bounds that AWS does not publish");
const [, ofServices = ""] = before!.split("## Services");

/** Services that a reader knows by another name than their ARNs have. */
const known: Readonly<Record<string, string>> = {
  events: "EventBridge",
  logs: "CloudWatch",
  states: "Step Functions",
  sts: "IAM",
};

const shown = (number: number) => number.toLocaleString("en-US");

describe("FIDELITY.md names as a bound", () => {
  test.each([
    ["nesting of payloads", [maximumNesting]],
    ["combinations of `$or`", [maximumCombinations]],
    ["nesting of Step Functions' data", [nestingLimit]],
    ["nodes a path visits", [nodeLimit, guardRails.sequence]],
    ["steps of a JSONata expression", [mostSteps]],
    ["characters and members of a value in JSONata", [mostWeight]],
    ["work of an Express execution", [taskEffort, mostOfThread, mostOfExecution]],
  ])("of %s what the code has", (what, numbers) => {
    const row = bounds.split("\n").find((line) => line.startsWith(`| ${what}`));
    for (const number of numbers) expect(row).toContain(` ${shown(number)} `);
  });
});

test.each(services)("FIDELITY.md says what is as AWS has it, and what is not, of the service $name", ({ name }) => {
  const rows = ofServices.split("\n").map((line) => line.split(" | ")[0]!.toLowerCase());
  expect(rows).toContain(`| ${(known[name] ?? name).toLowerCase()}`);
});
