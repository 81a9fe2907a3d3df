import { setFlagsFromString } from "node:v8";
import { SupervisedThread } from "@ovsc/local";
import type { Profile } from "@ovsc/shared";
import type { StepLog } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import type { FaultPlan } from "../faults/plan.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { BatchLog } from "./log/batch-log.ts";
import type { Runner } from "./runner.ts";

/** What a thread is started with. */
export interface ThreadData {
  /** URL of the module that exports the variant: a value with functions does not survive the way to a thread. */
  readonly module: string;
  readonly profile: Profile;
  readonly seed: number | undefined;
  /** Befalls each batch anew. */
  readonly faults: FaultPlan;
  /** When the run began, in milliseconds since 1970. */
  readonly beganMs: number;
}

/** Orders after which the embedded cloud is as new, so that the memory of a long run stays bounded. */
export const freshAfter = 250;

/**
 * What a thread is asked: to run a batch, what the steps logged about an order of the latest one, or to make its cloud
 * as new.
 */
export type ThreadQuestion = { readonly batch: Batch } | { readonly logsOf: string } | { readonly fresh: true };

/** What a thread answers: a batch's outcome and its part of the log, logs, nothing, or the error that ended it. */
export type ThreadAnswer =
  | { readonly outcome: Outcome; readonly log: BatchLog; readonly fired: readonly number[] }
  | { readonly fresh: true }
  | { readonly logs: readonly StepLog[] }
  | { readonly refusal: string }
  | { readonly error: unknown };

/**
 * Runs batches through a variant's embedded cloud in a thread of its own, so that all variants run at once.
 * @param onLog hears what happened, batch by batch
 */
export function embeddedRunner(data: ThreadData, onLog: (log: BatchLog) => void): Runner {
  const thread = new SupervisedThread<ThreadData, ThreadQuestion, ThreadAnswer>({
    script: new URL("thread.ts", import.meta.url),
    data,
  });
  const ask = async (question: ThreadQuestion): Promise<ThreadAnswer> => {
    const answer = await ("fresh" in question ? thread.askAnew(question) : thread.ask(question));
    if ("error" in answer) throw answer.error;
    if ("refusal" in answer)
      throw new Failure(answer.refusal, {
        exitCode: exit.unknown,
        next: "take it out of the stack, or read FIDELITY.md",
      });
    return answer;
  };
  let fired: readonly number[] = [];
  let orders = 0;
  return {
    async run(batch) {
      if (orders >= freshAfter) {
        await ask({ fresh: true });
        orders = 0;
      }
      if (orders > 0) stayAsLarge();
      orders += batch.placements.length;
      const answer = (await ask({ batch })) as Extract<ThreadAnswer, { outcome: Outcome }>;
      onLog(answer.log);
      ({ fired } = answer);
      return answer.outcome;
    },
    async logs(orderId) {
      return ((await ask({ logsOf: orderId })) as Extract<ThreadAnswer, { logs: unknown }>).logs;
    },
    fired: () => fired,
    async close() {
      await thread.close();
    },
  };
}

/**
 * V8 doubles the room for new objects, up to 128 MB, the more of them outlive a collection. After their first batch the
 * threads have all that they may; this one, which only judges and writes, would take a fifth of the memory for nothing.
 */
const stayAsLarge = () => setFlagsFromString("--semi-space-growth-factor=1");
