// The thread behind `localRunner`: one variant, synthesized and run on its own.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Batch } from "./batch.ts";
import type { ThreadAnswer, ThreadData } from "./local-runner.ts";

// A thread has a cache of its own to switch on, and what it imports comes after.
enableCompileCache();
const { openThread } = await import("./open-thread.ts");

const thread = await openThread(workerData as ThreadData);
parentPort!.on("message", (batch: Batch) => {
  thread.run(batch).then(
    (answer) => parentPort!.postMessage(answer),
    (error: unknown) => parentPort!.postMessage({ error } satisfies ThreadAnswer),
  );
});
