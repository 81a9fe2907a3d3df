import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Job } from "./job.ts";
import type { Walked } from "./search.ts";

type Answer = { readonly walked: Walked } | { readonly error: string };

/** As many threads as there are cores, up to this: each holds a cloud of each variant. */
const mostThreads = 8;

/**
 * Does jobs in threads of their own, the next as soon as one is free.
 * @param onDone hears of each as it is done @returns false to leave out those that have not begun
 * @throws Error with which a job ended
 */
export async function explore(jobs: readonly Job[], onDone: (job: Job, walked: Walked) => boolean): Promise<void> {
  const left = jobs.values();
  let goesOn = true;
  const work = async () => {
    const worker = new Worker(new URL("thread.ts", import.meta.url));
    try {
      for (const job of left) {
        if (!goesOn) return;
        const answer = await ask(worker, job);
        if ("error" in answer) throw new Error(`${job.title}: ${answer.error}`);
        if (!onDone(job, answer.walked)) goesOn = false;
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, mostThreads, availableParallelism()) }, work));
}

function ask(worker: Worker, job: Job): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(job);
  });
}
