import type { FaultPlan } from "../faults/plan.ts";
import type { Declarations } from "../judgement/declarations.ts";
import { type Finding, judge, type Law } from "../judgement/judge.ts";
import { addBatch, emptyResult, type Result } from "../judgement/results.ts";
import type { Batch } from "../orders/batch.ts";
import { explained } from "./explained.ts";
import type { Runner } from "./runner.ts";

interface Judging {
  /** What the batches are judged by. */
  readonly law: Law;
  readonly declarations: Declarations;
  /** What is provoked in each batch. */
  readonly faults: FaultPlan;
  readonly onBatch: (batch: Batch, result: Result, findings: readonly Finding[]) => void;
}

/**
 * Runs every batch through all variants, at the same time, and closes them.
 * @param runners by the name of the variant; the first is what the others are held against
 * @returns one result for each batch name, in the order they came up
 */
export async function compare(
  batches: Iterable<Batch>,
  runners: Readonly<Record<string, Runner>>,
  { law, declarations, faults, onBatch }: Judging,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  const variants = Object.entries(runners);
  try {
    for (const batch of batches) {
      const before = new Map(variants.map(([name, runner]) => [name, runner.fired()]));
      const run = variants.map(async ([name, runner]) => [name, await runner.run(batch)] as const);
      const outcomes = Object.fromEntries(await Promise.all(run));
      const struck = (name: string) =>
        faults.filter((_, index) => runners[name]!.fired()[index]! > (before.get(name)![index] ?? 0));
      const differing = declarations.of(batch.name, struck);
      const result = results.get(batch.name) ?? emptyResult(batch.name, Object.keys(runners));
      results.set(batch.name, result);
      const { verdict, findings } = judge(batch, outcomes, { ...law, differing });
      const declared = declarations.note(outcomes, differing);
      addBatch(result, batch, outcomes, { verdict, findings: await explained(findings, runners), declared });
      onBatch(batch, result, findings);
    }
  } finally {
    await Promise.all(variants.map(([, runner]) => runner.close()));
  }
  return [...results.values()];
}
