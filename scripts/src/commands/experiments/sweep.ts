import { ownPrices, pricesIn, readPrices } from "../../bill/prices.ts";
import { exit } from "../../failure.ts";
import { renderSweep } from "../../report/render-sweep.ts";
import { outFolder, writeOutput } from "../../runs/output-files.ts";
import { type SagaShape, undoPolicy } from "../../sweep/saga-shape.ts";
import { sweepFile, type SweepReport, trendsOf } from "../../sweep/sweep-report.ts";
import { sweep } from "../../sweep/sweep.ts";
import { print } from "../../terminal.ts";
import { commandLine } from "../line/command-line.ts";

export interface SweepFlags {
  readonly steps: readonly number[];
  readonly json?: true;
  readonly out?: string;
}

/** `sweep`: sagas of growing size, generated in both styles and run. @returns its exit code */
export async function sweepCommand({ json, out = outFolder, ...flags }: SweepFlags): Promise<number> {
  const sizes = await sweep(
    [...new Set(flags.steps)].toSorted((a, b) => a - b).flatMap(shapesOf),
    pricesIn(readPrices(ownPrices), "us-east-1"),
  );
  const report: SweepReport = { command: commandLine("sweep", flags), undoPolicy, sizes, trends: trendsOf(sizes) };
  writeOutput(out, sweepFile, report, "pnpm sweep --out DIR");
  print(json ? `${JSON.stringify(report, null, 2)}\n` : renderSweep(report));
  return exit.valid;
}

/** No step refuses, the last does, half of them do, all but the first do. */
const shapesOf = (steps: number): SagaShape[] =>
  [...new Set([0, 1, Math.floor(steps / 2), steps - 1])].map((errorPaths) => ({ steps, errorPaths }));
