import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Job } from "./job.ts";
import type { Walked } from "./search.ts";

type Answer = { readonly walked: Walked } | { readonly error: string };

/** As many threads as there are cores, up to this: each holds a cloud of each variant. */
const mostThreads = 8;

/**
 * Does jobs in threads of their own, the next as soon as one is free.
 * @param onDone hears of each as it is done @returns false to end all others
 * @throws Error with which a job ended
 */
export async function explore(jobs: readonly Job[], onDone: (job: Job, walked: Walked) => boolean): Promise<void> {
  const left = jobs.values();
  const count = Math.min(jobs.length, mostThreads, availableParallelism());
  const workers = Array.from({ length: count }, () => new Worker(new URL("thread.ts", import.meta.url)));
  const endAll = () => Promise.all(workers.map((worker) => worker.terminate()));
  const work = async (worker: Worker) => {
    for (const job of left) {
      const answer = await ask(worker, job);
      if (answer === "ended") return;
      if ("error" in answer) throw new Error(`${job.title}: ${answer.error}`);
      if (onDone(job, answer.walked)) continue;
      await endAll();
      return;
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await endAll();
  }
}

/** @returns what a thread answers, unless it was ended before */
function ask(worker: Worker, job: Job): Promise<Answer | "ended"> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => resolve("ended"));
    worker.postMessage(job);
  });
}
