import { describeTarget, type TargetCloud } from "../clouds/target.ts";
import type { Result } from "../judgement/results.ts";
import { counted } from "./words.ts";

/** What the last line of `compare` tells of, beside the results. */
export interface Summed {
  readonly refusedLines: number;
  readonly target: TargetCloud;
  /** The folder of the files. */
  readonly out: string;
  /** The page that was made of them, where one was. */
  readonly report: string | undefined;
}

/** The last line of `compare`: how many orders, where, whether all variants ended alike, and where to read more. */
export function summary(results: readonly Result[], { refusedLines, target, out, report }: Summed): string {
  const orders = results.reduce((sum, result) => sum + result.orders, 0);
  const findings = results.reduce((sum, result) => sum + result.findingCount, 0);
  const names = Object.keys(results[0]?.variants ?? {});
  const alike = names.length === 2 ? "both variants end alike" : `all ${names.length} variants end alike`;
  const verdict =
    orders === 0 ? "nothing was compared" : findings === 0 ? alike : `${counted(findings, "finding")}, see below`;
  const lines = refusedLines > 0 ? `, ${counted(refusedLines, "malformed line")} refused` : "";
  const files = target.kind === "local" ? `Log and results: ${out}/` : `Results: ${out}/results.json`;
  const page = report === undefined ? "" : `. Report: ${report}`;
  const run = `${counted(orders, "order")} through each variant in ${describeTarget(target)}`;
  return `${run}: ${verdict}${lines}. ${files}${page}`;
}
