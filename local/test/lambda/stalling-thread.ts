// A thread for the supervisor's test: a message names a function to invoke, or says "as new"; an answer is what the
// function answered.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { SupervisedData } from "../../src/supervised-thread.ts";
import { Watch } from "../../src/watch.ts";

enableCompileCache();
const { openLambda } = await import("./opened.ts");

const { data, supervision } = workerData as SupervisedData<Readonly<Record<string, string>>>;
const watch = new Watch(supervision);
const { create, invoke, reached, clock, lambda } = openLambda({ watch });
for (const [functionName, source] of Object.entries(data)) create(source, { functionName });
let isNew = true;
const makeAsNew = () => {
  if (isNew) return;
  lambda.reset();
  clock.reset();
  reached.length = 0;
  watch.startOver();
  isNew = true;
};
parentPort!.on("message", (functionName: string) => {
  if (functionName === "as new") {
    makeAsNew();
    parentPort!.postMessage({ calls: reached.length, atMs: clock.nowMs });
    return;
  }
  isNew = false;
  void invoke({}, functionName).then(({ Payload }) =>
    parentPort!.postMessage({ Payload, calls: reached.length, atMs: clock.nowMs }),
  );
});
