import { appendFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Variant } from "@ovsc/shared/variant";
import { chooseTarget, describeChoice, describeTarget, type TargetFlags } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { together } from "../judgement/verdict.ts";
import { plan } from "../orders/work.ts";
import { progress } from "../report/progress.ts";
import { renderFindings, renderTable } from "../report/render-results.ts";
import { summary } from "../report/summary.ts";
import { compare } from "../runs/compare.ts";
import { openRunners } from "../runs/open-runners.ts";
import { outFolder, outputFiles } from "../runs/output-files.ts";
import { type RunStarted, runVersion } from "../runs/run-line.ts";
import { variants } from "../variants.ts";

export interface CompareFlags extends TargetFlags {
  readonly scenario?: readonly string[];
  readonly orders?: number;
  readonly seed?: number;
  readonly input?: string;
  readonly json?: true;
  readonly out?: string;
}

/** `compare`: every variant there is. @returns its exit code */
export const compareCommand = (flags: CompareFlags): Promise<number> => compareVariants(variants, flags);

/** @param compared the first is what the others are held against */
export async function compareVariants(compared: readonly Variant[], flags: CompareFlags): Promise<number> {
  const chosen = await chooseTarget(flags);
  const { target } = chosen;
  // A deployed table remembers earlier runs, so there every run has orders of its own.
  const suffix = target.kind === "local" ? "" : `-${Date.now().toString(36)}`;
  const work = await plan(flags, suffix);
  for (const { line, issues } of work.refused) {
    for (const { field, message } of issues)
      process.stderr.write(`${flags.input}:${line}: InvalidOrder: ${field}: ${message}\n`);
  }
  process.stderr.write(`comparing in ${describeChoice(chosen)}\n`);
  const out = flags.out ?? (relative(process.cwd(), outFolder) || ".");
  const files = outputFiles(out);
  const report = progress(work.orders);
  const names = compared.map(({ name }) => name);
  const started: RunStarted = { type: "RunStarted", version: runVersion, command: work.command, variants: names };
  if (target.kind === "local") appendFileSync(files.log, `${JSON.stringify(started)}\n`);
  const runners = await openRunners(compared, target, {
    seed: work.seed,
    onLog: (text) => appendFileSync(files.log, text),
  });
  const results = await compare(work.batches, runners, (batch, { findingCount }) =>
    report.add(batch.orders.length, findingCount),
  );
  report.end();

  const { command, refused } = work;
  const verdicts = results.map((result) => result.verdict);
  const verdict = refused.length > 0 ? "invalid" : together(verdicts);
  const json = JSON.stringify({ verdict, command, target: describeTarget(target), refused, results }, null, 2);
  writeFileSync(files.results, `${json}\n`);
  if (flags.json) process.stdout.write(`${json}\n`);
  else process.stdout.write(`${renderTable(results)}\n${summary(results, refused.length, target, out)}\n`);
  for (const result of results.filter(({ findingCount }) => findingCount > 0))
    process.stderr.write(`\n${renderFindings(result, work.commandFor(result.name))}\n`);
  return exit[verdict];
}
