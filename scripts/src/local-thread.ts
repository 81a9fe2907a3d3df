// The thread behind `localRunner`: one variant, synthesized and run on its own.
import { parentPort, workerData } from "node:worker_threads";
import { inOrder, seeded } from "@ovsc/local";
import { type Batch, runBatch } from "./batch.ts";
import type { Deployment } from "./deployment.ts";
import { openLocal } from "./local-deployment.ts";
import type { ThreadAnswer, ThreadData } from "./local-runner.ts";
import { RunLog } from "./run-log.ts";
import { synthesize } from "./synthesize.ts";

/** Orders after which the embedded cloud starts afresh, so that the memory of a long run stays bounded. */
const freshAfter = 2_000;

const { variant, seed, beganMs } = workerData as ThreadData;
const log = new RunLog(variant, beganMs);
const assembly = synthesize(variant);
let deployment: Deployment | undefined;
let orders = 0;

async function answer(batch: Batch): Promise<ThreadAnswer> {
  if (!deployment || orders >= freshAfter) {
    const choices = seed === undefined ? inOrder : seeded(seed);
    deployment = await openLocal(variant, { assembly, choices, onHappening: (happening) => log.add(happening) });
    orders = 0;
  }
  orders += batch.orders.length;
  log.begin(batch.name);
  return { outcome: await runBatch(batch, deployment), log: log.take() };
}

parentPort!.on("message", (batch: Batch) => {
  answer(batch).then(
    (outcome) => parentPort!.postMessage(outcome),
    (error: unknown) => parentPort!.postMessage({ error } satisfies ThreadAnswer),
  );
});
