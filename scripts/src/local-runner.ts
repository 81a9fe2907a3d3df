import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Batch, Outcome } from "./batch.ts";
import type { Runner } from "./runner.ts";
import type { Variant } from "./variant.ts";

/** What a thread is started with. */
export interface ThreadData {
  readonly variant: Variant;
  readonly seed: number | undefined;
  /** When the run began, in milliseconds since 1970. */
  readonly beganMs: number;
}

/** What a thread answers to a batch: its outcome and its part of the log, or the error that ended it. */
export type ThreadAnswer = { readonly outcome: Outcome; readonly log: string } | { readonly error: unknown };

/**
 * Runs batches through a variant's embedded cloud in a thread of its own, so that both variants run at once.
 * @param onLog hears the lines for `run.ndjson`, batch by batch
 */
export function localRunner(data: ThreadData, onLog: (text: string) => void): Runner {
  const thread = new Worker(new URL("local-thread.ts", import.meta.url), { workerData: data });
  return {
    async run(batch: Batch): Promise<Outcome> {
      thread.postMessage(batch);
      const [answer] = (await once(thread, "message")) as [ThreadAnswer];
      if ("error" in answer) throw answer.error;
      onLog(answer.log);
      return answer.outcome;
    },
    async close() {
      await thread.terminate();
    },
  };
}
