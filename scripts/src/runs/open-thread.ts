import { createHash } from "node:crypto";
import { AssemblyRefused, type Choices, inOrder, seeded, type Supervision, UnknownFeature, Watch } from "@ovsc/local";
import { type StepLog, stepLog, type Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { synthesizeHere } from "../clouds/synthesize.ts";
import { Injection } from "../faults/injection.ts";
import type { Batch } from "../orders/batch.ts";
import type { ThreadAnswer, ThreadData } from "./embedded-runner.ts";
import { RunLog } from "./log/run-log.ts";
import { runBatch } from "./run-batch.ts";

/**
 * A seed draws what is next from so many that could be. It shuffles the events of sixteen orders all the same, and no
 * more functions than that are under way at once: each needs an environment, with code that is slow until it is warm.
 */
const drawnFrom = 3;

export interface Thread {
  run(batch: Batch): Promise<ThreadAnswer>;
  /** Makes the cloud as new. */
  startAfresh(): Promise<ThreadAnswer>;
  /** What the steps logged about an order of the latest batch. */
  logs(orderId: string): StepLog[];
}

/** One variant, ready to run batches in the embedded cloud. */
export async function openThread(
  { module, profile, seed, faults, beganMs }: ThreadData,
  supervision: Supervision,
): Promise<Thread> {
  const { variant } = (await import(module)) as { readonly variant: Variant };
  // All clouds of a thread share one watch, so that an entry has the same number when the run is repeated.
  const watch = new Watch(supervision);
  const log = new RunLog(variant.name, beganMs);
  const assembly = await synthesizeHere(variant, { profile });
  // A batch gives the same result whatever ran before it, so it has choices of its own.
  let schedule: Choices = inOrder;
  const choices: Choices = { choose: (optionCount, what) => schedule.choose(optionCount, what) };
  const injection = new Injection(faults);
  let written: { readonly line: string; readonly atMs: number }[] = [];
  const deployment: LocalDeployment = await openLocal(variant, {
    assembly,
    choices,
    watch,
    // Otherwise nothing may be left to it, and what only it would bring on is seen.
    sweeper: variant.differs ? "on" : "off",
    ...(faults.length > 0 && { faults: injection }),
    onHappening(happening) {
      log.add(happening);
      if (happening.type === "Log") written.push(happening);
    },
  });
  let isNew = true;
  return {
    async startAfresh() {
      // A thread that repeats the run begins here, knowing what is to be ended.
      if (!isNew) {
        await deployment.reset();
        watch.startOver();
      }
      isNew = true;
      return { fresh: true };
    },
    async run(batch) {
      isNew = false;
      written = [];
      log.begin(batch.name);
      injection.begin();
      if (seed !== undefined) schedule = drawing(seedOf(seed, batch));
      return { outcome: await runBatch(batch, deployment), log: log.take(), fired: injection.fired };
    },
    logs: (orderId) =>
      written.flatMap(({ line, atMs }) => {
        const entry = stepLog(line, atMs);
        return entry?.correlationId === orderId ? [entry] : [];
      }),
  };
}

function drawing(seed: number): Choices {
  const drawn = seeded(seed);
  const choose = (optionCount: number, what: string): number =>
    drawn.choose(what === "which is next" ? Math.min(optionCount, drawnFrom) : optionCount, what);
  return { choose };
}

/** The embedded cloud said by name what it does not know. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof AssemblyRefused || error instanceof UnknownFeature;

/** 32 bits made of the run's seed and of what the batch is about. */
const seedOf = (seed: number, { name, placements }: Batch): number =>
  createHash("sha256").update(`${seed} ${name} ${placements[0]?.order.orderId}`).digest().readUInt32BE();
