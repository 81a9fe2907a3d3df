import { inOrder, seeded } from "@ovsc/local";
import type { Batch } from "./batch.ts";
import type { Deployment } from "./deployment.ts";
import { openLocal } from "./local-deployment.ts";
import type { ThreadAnswer, ThreadData } from "./local-runner.ts";
import { runBatch } from "./run-batch.ts";
import { RunLog } from "./run-log.ts";
import { synthesize } from "./synthesize.ts";

/** Orders after which the embedded cloud starts afresh, so that the memory of a long run stays bounded. */
const freshAfter = 2_000;

/** One variant, ready to run batches in the embedded cloud. */
export async function openThread({ variant, seed, beganMs }: ThreadData): Promise<{ run(batch: Batch): Promise<ThreadAnswer> }> {
  const log = new RunLog(variant, beganMs);
  const assembly = await synthesize(variant);
  const open = () =>
    openLocal(variant, {
      assembly,
      choices: seed === undefined ? inOrder : seeded(seed),
      onHappening: (happening) => log.add(happening),
    });
  let deployment: Deployment = await open();
  let orders = 0;
  return {
    async run(batch) {
      if (orders >= freshAfter) {
        deployment = await open();
        orders = 0;
      }
      orders += batch.orders.length;
      log.begin(batch.name);
      return { outcome: await runBatch(batch, deployment), log: log.take() };
    },
  };
}
