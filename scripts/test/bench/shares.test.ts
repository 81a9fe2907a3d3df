import { expect, test } from "vitest";
import { sharesIn } from "../../src/bench/shares.ts";

const sdk = "../node_modules/.pnpm/@smithy+core@3.41.0/node_modules/@smithy/core/index.js";
const bundles = new Map([["handler.js", ["", sdk, "../shared/src/steps/charge-payment.ts", "../shared/src/log.ts"]]]);
const cloud = "file:///somewhere/local/src/clock.ts";
const handler = "file:///var/task/handler.js";

/** A profile in which each of these frames, the caller before the called, was seen at the top for so long. */
function profileOf(...seen: [time: number, ...stack: [url: string, line?: number, name?: string][]][]) {
  const root = { id: 1, callFrame: frame(""), children: [] as number[] };
  const nodes = [root];
  const samples = seen.map(([, ...stack]) => {
    let at = root;
    for (const [url, line, name] of stack) {
      const node = { id: nodes.length + 1, callFrame: frame(url, line, name), children: [] };
      at.children.push(node.id);
      nodes.push((at = node));
    }
    return at.id;
  });
  return { nodes, samples, timeDeltas: seen.map(([time]) => time), startTime: 0, endTime: 0 };
}

const frame = (url: string, lineNumber = 0, functionName = "some") => ({
  url,
  lineNumber,
  functionName,
  columnNumber: 0,
  scriptId: "1",
});

test("time belongs to the module of the line that runs, or on whose behalf Node runs", () => {
  const shares = sharesIn(
    profileOf(
      [30, [cloud], [handler, 1]],
      [10, [cloud], [handler, 1], ["node:crypto"]],
      [20, [cloud], [handler, 2]],
      [5, [cloud], [handler, 3]],
      [15, [cloud], ["", 0, "parse"]],
      [10, [`file:///somewhere/${sdk.slice(3)}`]],
      [6, ["", 0, "(garbage collector)"]],
      [4, ["node:timers"]],
      [1000, ["", 0, "(idle)"]],
    ),
    bundles,
  );
  expect(shares).toEqual({
    "SDK in handlers": 0.4,
    steps: 0.2,
    cloud: 0.15,
    log: 0.05,
    "SDK of the client": 0.1,
    garbage: 0.06,
    rest: 0.04,
  });
});
