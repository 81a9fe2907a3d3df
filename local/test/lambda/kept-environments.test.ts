import { describe, expect, test } from "vitest";
import type { FunctionProperties } from "../../src/lambda/function.ts";
import { codeFolder, madeOf, openLambda } from "./opened.ts";

/** How many invocations its environment has had. */
const counting = codeFolder({ "index.js": "let count = 0; exports.handler = async () => (count += 1);" });

/** Functions that are cleared now and then, as a cloud's are when a reset undoes an update. */
function open() {
  const { clock, lambda, invoke, happened } = openLambda();
  return {
    lambda,
    create: (more: Partial<FunctionProperties> = {}) =>
      lambda.createFunction(madeOf({ codeFolder: counting, ...more })),
    update: (more: Partial<FunctionProperties>) => lambda.updateFunction(madeOf({ codeFolder: counting, ...more })),
    clear: () => {
      clock.reset();
      lambda.clear();
    },
    invoke: async (functionName?: string) => (await invoke({}, functionName)).Payload,
    lines: () => happened("Log").map(({ line }) => line),
  };
}

const revision = (number: number) => ({ environment: { REVISION: String(number) } });

describe("environments of functions that were cleared", () => {
  test("run the function that is made of the very same", async () => {
    const { create, clear, invoke } = open();
    create();
    expect([await invoke(), await invoke()]).toEqual([1, 2]);
    clear();
    create();
    expect(await invoke()).toBe(3);
  });

  test.each<[string, Partial<FunctionProperties>]>([
    ["name", { functionName: "other" }],
    ["variable", { environment: { REVISION: "2" } }],
    ["memory", { memoryMegabytes: 256 }],
    ["timeout", { timeoutSeconds: 9 }],
    ["key of its code, in the same folder", { codeKey: "other" }],
  ])("run none of another %s", async (_, other) => {
    const { create, clear, invoke } = open();
    create();
    await invoke();
    clear();
    create(other);
    expect(await invoke(other.functionName)).toBe(1);
  });

  test("run no other version of it", async () => {
    const { lambda, create, clear, invoke } = open();
    create();
    const { version } = lambda.publishVersion("handler");
    expect(await invoke(`handler:${version}`)).toBe(1);
    clear();
    create();
    expect(await invoke()).toBe(1);
  });

  test("keep nothing of what the code before left under way", async () => {
    const { create, update, clear, invoke, lines } = open();
    const leaving = codeFolder({
      "index.js": `let count = 0;
        exports.handler = async () => {
          if ((count += 1) > 1) await new Promise((resolve) => setTimeout(resolve, 2_000));
          else setTimeout(() => console.log("left over"), 1_000);
          return count;
        };`,
    });
    create({ codeFolder: leaving });
    expect(await invoke()).toBe(1);
    update({ codeFolder: counting });
    clear();
    create({ codeFolder: leaving });
    expect(await invoke()).toBe(2);
    expect(lines()).toEqual([]);
  });

  test("are kept for the hundred functions that ran last", async () => {
    const { create, update, clear, invoke } = open();
    const first = async (number: number) => {
      clear();
      create(revision(number));
      return invoke();
    };
    create(revision(0));
    for (let number = 1; number <= 101; number += 1) {
      await invoke();
      update(revision(number));
    }
    await invoke();
    expect([await first(0), await first(1), await first(101)]).toEqual([1, 1, 2]);
    expect([await first(0), await first(2)]).toEqual([2, 1]);
  });
});
