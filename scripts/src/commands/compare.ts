import { join, relative } from "node:path";
import type { Variant } from "@ovsc/shared/variant";
import { chooseTarget, describeChoice, describeTarget, requireEmbedded } from "../clouds/target.ts";
import { exit } from "../failure.ts";
import { firedFaults, unfired } from "../faults/fired.ts";
import { lawUnderFaults } from "../faults/law.ts";
import { readPlan } from "../faults/plan.ts";
import { Declarations } from "../judgement/declarations.ts";
import { type Finding, wholeLaw } from "../judgement/judge.ts";
import type { Result, RunResults } from "../judgement/results.ts";
import { together } from "../judgement/verdict.ts";
import type { Batch } from "../orders/batch.ts";
import { renderRefused } from "../orders/refused-lines.ts";
import { plan, type WorkFlags } from "../orders/work.ts";
import { removeReport, reportIn, writeReport } from "../page/write-report.ts";
import { progress } from "../report/progress.ts";
import { renderOutdated } from "../report/render-declared.ts";
import { renderFindings } from "../report/render-findings.ts";
import { renderFired } from "../report/render-fired.ts";
import { renderTable } from "../report/render-results.ts";
import { summary } from "../report/summary.ts";
import { compare } from "../runs/compare.ts";
import { interruptible } from "../runs/interruptible.ts";
import type { BatchLog } from "../runs/log/batch-log.ts";
import { KeptLog } from "../runs/log/kept-log.ts";
import { type RunStarted, runVersion } from "../runs/log/run-line.ts";
import { openRunners } from "../runs/open-runners.ts";
import { outFolder, outputFiles } from "../runs/output-files.ts";
import { columns, note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";
import { watchCommand } from "./watch.ts";

export interface CompareFlags extends WorkFlags {
  /** Counts, also where there are more than two variants. */
  readonly wide?: true;
  readonly json?: true;
  readonly watch?: true;
  readonly out?: string;
  readonly log?: "all" | "sample";
  /** False for no report; one is written otherwise. */
  readonly report?: boolean;
}

/** `compare`: the variants that are named, or the pair. @returns its exit code */
export const compareCommand = async ({ watch, ...flags }: CompareFlags): Promise<number> =>
  watch ? watchCommand([flags.input, flags.faults]) : compareVariants(chosenVariants(flags.variants), flags);

/** @param compared the first is what the others are held against */
export async function compareVariants(
  compared: readonly Variant[],
  flags: Omit<CompareFlags, "watch">,
): Promise<number> {
  const { profile = "equal" } = flags;
  const chosen = await chooseTarget(flags);
  const { target } = chosen;
  const faults = flags.faults === undefined ? [] : readPlan(flags.faults);
  if (faults.length > 0) requireEmbedded(chosen, "--faults");
  // A deployed table remembers earlier runs, so there every run has orders of its own.
  const suffix = target.kind === "local" ? "" : `-${Date.now().toString(36)}`;
  const work = await plan(flags, suffix);
  if (flags.input !== undefined) note(renderRefused(flags.input, work.refused));
  note(`comparing in ${describeChoice(chosen)}${profile === "equal" ? "" : `, retries ${profile}`}\n`);
  const out = flags.out ?? (relative(process.cwd(), outFolder) || ".");
  const files = outputFiles(out);
  const progressed = progress(work.orders);
  const names = compared.map(({ name }) => name);
  const { command, refused, seed } = work;
  const { log: keep = "sample" } = flags;
  const started: RunStarted = { type: "RunStarted", version: runVersion, command, profile, variants: names, log: keep };
  const log = new KeptLog({ keep, orders: work.orders, seed: seed ?? 0, write: (lines) => files.log(lines) });
  const onLog = (variant: string, part: BatchLog) => log.add(variant, part);
  const onBatch = (batch: Batch, result: Result, findings: readonly Finding[]) => {
    log.judged(batch, findings);
    progressed.add(batch.placements.length, result);
  };
  const declarations = new Declarations(compared, profile);
  const { runners, results } = await interruptible(
    async () => {
      if (target.kind === "local") files.log(`${JSON.stringify(started)}\n`);
      const opened = await openRunners(compared, target, { seed, profile, faults, onLog });
      const law = faults.length > 0 ? lawUnderFaults : wholeLaw;
      return { runners: opened, results: await compare(work.batches, opened, { law, declarations, faults, onBatch }) };
    },
    () => `\ninterrupted at ${progressed.reached()}; ${out}/ is as it was before\n`,
  );
  log.end();
  progressed.end();

  const verdicts = results.map((result) => result.verdict);
  const fired = firedFaults(faults, compared, (name) => runners[name]!.fired());
  const silent = unfired(fired);
  const outdated = declarations.outdated();
  const isSound = refused.length === 0 && silent.length === 0 && outdated.length === 0;
  const verdict = isSound ? together(verdicts) : "invalid";
  const provoked = { ...(faults.length > 0 && { faults: fired }), ...(outdated.length > 0 && { outdated }) };
  const run: RunResults = { verdict, command, profile, target: describeTarget(target), refused, ...provoked, results };
  const json = JSON.stringify(run, null, 2);
  files.finish(`${json}\n`);
  const report = flags.report === false ? undefined : reportIn(out);
  if (report === undefined) removeReport(out);
  else await writeReport(out, report);
  const last = summary(results, { refusedLines: refused.length, target, out, report });
  print(
    flags.json ? `${json}\n` : `${renderTable(results, { width: columns(), wide: flags.wide ?? false })}\n${last}\n`,
  );
  note(renderFired(fired) + renderOutdated(outdated));
  for (const result of results.filter(({ findingCount }) => findingCount > 0)) {
    const inLog = (orderId: string) =>
      target.kind === "local" ? `grep '"orderId":"${orderId}"' ${join(out, "run.ndjson")}` : undefined;
    const order = (orderId: string, variant: string) => work.showing(result.name, variant) ?? inLog(orderId);
    note(`\n${renderFindings(result, { again: work.commandFor(result.name), order })}\n`);
  }
  return exit[verdict];
}
