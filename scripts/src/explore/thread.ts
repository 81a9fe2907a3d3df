// A thread of `Explorers`: does one job after the other.
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";
import type { Job } from "./job.ts";

// Each thread enables the compile cache for itself, before it imports the modules that are to be cached.
enableCompileCache();
// A run is wrong by what it leaves behind, and nobody reads where in the cloud a call was turned down.
Error.stackTraceLimit = 0;
const { runJob } = await import("./job.ts");

parentPort!.on("message", (job: Job) => {
  runJob(job).then(
    (walked) => parentPort!.postMessage({ walked }),
    (error: unknown) => parentPort!.postMessage({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
