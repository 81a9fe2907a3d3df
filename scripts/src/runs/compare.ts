import { judge } from "../judgement/judge.ts";
import { addBatch, emptyResult, type Result } from "../judgement/results.ts";
import type { Batch } from "../orders/batch.ts";
import type { Variant } from "../variant.ts";
import type { Runner } from "./runner.ts";

/**
 * Runs every batch through both variants, at the same time, and closes them.
 * @returns one result for each batch name, in the order they came up
 */
export async function compare(
  batches: Iterable<Batch>,
  runners: Readonly<Record<Variant, Runner>>,
  onBatch: (batch: Batch, result: Result) => void = () => {},
): Promise<Result[]> {
  const results = new Map<string, Result>();
  try {
    for (const batch of batches) {
      const [choreography, orchestration] = await Promise.all([
        runners.choreography.run(batch),
        runners.orchestration.run(batch),
      ]);
      const outcomes = { choreography, orchestration };
      const result = results.get(batch.name) ?? emptyResult(batch.name);
      results.set(batch.name, result);
      addBatch(result, batch, outcomes, judge(batch, outcomes));
      onBatch(batch, result);
    }
  } finally {
    await Promise.all([runners.choreography.close(), runners.orchestration.close()]);
  }
  return [...results.values()];
}
