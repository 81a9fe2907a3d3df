import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { exit, Failure } from "../failure.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { Runner } from "./runner.ts";

/** What a thread is started with. */
export interface ThreadData {
  /** URL of the module that exports the variant: a value with functions does not survive the way to a thread. */
  readonly module: string;
  readonly seed: number | undefined;
  /** When the run began, in milliseconds since 1970. */
  readonly beganMs: number;
}

/** What a thread answers to a batch: its outcome and its part of the log, or the error that ended it. */
export type ThreadAnswer =
  | { readonly outcome: Outcome; readonly log: string }
  | { readonly refusal: string }
  | { readonly error: unknown };

/**
 * Runs batches through a variant's embedded cloud in a thread of its own, so that all variants run at once.
 * @param onLog hears the lines for `run.ndjson`, batch by batch
 */
export function embeddedRunner(data: ThreadData, onLog: (text: string) => void): Runner {
  const thread = new Worker(new URL("thread.ts", import.meta.url), { workerData: data });
  // Heard by whoever waits for an answer, at once or with the next batch.
  let broken: unknown;
  thread.on("error", (error) => (broken = error));
  return {
    async run(batch: Batch): Promise<Outcome> {
      if (broken) throw broken;
      thread.postMessage(batch);
      const [answer] = (await once(thread, "message")) as [ThreadAnswer];
      if ("error" in answer) throw answer.error;
      if ("refusal" in answer)
        throw new Failure(answer.refusal, {
          exitCode: exit.unknown,
          next: "take it out of the stack, or read FIDELITY.md",
        });
      onLog(answer.log);
      return answer.outcome;
    },
    async close() {
      await thread.terminate();
    },
  };
}
