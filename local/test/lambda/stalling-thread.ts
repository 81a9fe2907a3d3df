// A thread for the supervisor's test: each message names a function to invoke, each answer is what it answered.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { SupervisedData } from "../../src/supervised-thread.ts";
import { Watch } from "../../src/watch.ts";

enableCompileCache();
const { openLambda } = await import("./opened.ts");

const { data, supervision } = workerData as SupervisedData<Readonly<Record<string, string>>>;
const { create, invoke, reached, clock } = openLambda({ watch: new Watch(supervision) });
for (const [functionName, source] of Object.entries(data)) create(source, { functionName });
parentPort!.on("message", (functionName: string) => {
  void invoke({}, functionName).then(({ Payload }) =>
    parentPort!.postMessage({ Payload, calls: reached.length, atMs: clock.nowMs }),
  );
});
