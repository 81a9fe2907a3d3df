import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { services } from "../../src/services.ts";
import { threadMs } from "../thread-ms.ts";
import { mutantsOf } from "./mutation.ts";
import { startDurable, validInputs } from "./valid-inputs.ts";
import { openWorld, type Ending } from "./world.ts";

/** Mutated inputs for each operation; `pnpm fuzz` sets 10,000, and CI tries 500. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 25);
/** Milliseconds of computing for a call; one that met a collection of garbage gets another try. */
const limitMs = 100;

const operations = services.flatMap(({ name, actions }) => Object.keys(actions).map((each) => [name, each] as const));
const counts = { mutants: 0, pastTheDoor: 0 };

describe("every operation of every service", () => {
  test.each(operations)("answers a valid input: %s %s", async (service, operation) => {
    const world = await worldFor(operation);
    const { StartExecution } = validInputs["states"]!;
    if (operation !== "StartExecution") await world.call("states", "StartExecution", StartExecution);
    const ending = await world.call(service, operation, validInputs[service]![operation]);
    expect(ending).not.toHaveProperty("refused");
    const code = "error" in ending ? ending.error.code : undefined;
    expect([undefined, expectedErrors[operation]]).toContain(code);
  });

  test.each(operations)(
    "turns a mutated input down as AWS does, or by name, or answers it: %s %s",
    async (service, operation) => {
      let world = await worldFor(operation);
      let calls = 0;
      const property = fc.asyncProperty(mutantsOf(validInputs[service]![operation]!), async (mutant) => {
        if ((calls += 1) % 500 === 0) world = await worldFor(operation);
        const input: unknown = JSON.parse(JSON.stringify(mutant));
        let tookMs = Infinity;
        for (let attempt = 0; attempt < 3 && tookMs > limitMs; attempt++) {
          const startMs = threadMs();
          count(await world.call(service, operation, input));
          tookMs = threadMs() - startMs;
        }
        expect(tookMs).toBeLessThan(limitMs);
      });
      await fc.assert(property, { numRuns: runs, seed: 1 });
    },
    600_000,
  );
});

async function worldFor(operation: string): Promise<ReturnType<typeof openWorld>> {
  const world = openWorld();
  if (operation.includes("Durable")) await world.call("lambda", "Invoke", startDurable);
  return world;
}

/** What a valid input meets in a world where nothing of that name was made. */
const expectedErrors: Readonly<Record<string, string>> = {
  ChangeMessageVisibility: "InvalidParameterValue",
  DescribeReplay: "ResourceNotFoundException",
  GetFunctionEventInvokeConfig: "ResourceNotFoundException",
  RedriveExecution: "ExecutionNotRedrivable",
  SendDurableExecutionCallbackFailure: "ResourceNotFoundException",
  SendDurableExecutionCallbackSuccess: "ResourceNotFoundException",
  SendTaskFailure: "InvalidToken",
  SendTaskHeartbeat: "InvalidToken",
  SendTaskSuccess: "InvalidToken",
};

function count(ending: Ending): void {
  counts.mutants += 1;
  if (isPastTheDoor(ending)) counts.pastTheDoor += 1;
}

function isPastTheDoor(ending: Ending): boolean {
  if ("answer" in ending) return true;
  if ("refused" in ending) return !/^the parameter|timestamp/.test(ending.refused.feature);
  return ending.error.code !== "SerializationException" && !ending.error.message.includes("validation error");
}

afterAll(() => {
  const share = counts.pastTheDoor / counts.mutants;
  process.stderr.write(`fuzz: ${counts.mutants} mutants, ${(share * 100).toFixed(0)} % past the door\n`);
  expect(share).toBeGreaterThan(1 / 3);
});
