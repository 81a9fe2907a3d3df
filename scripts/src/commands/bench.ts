import { arch, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { executionRate } from "../bench/asl.ts";
import { Figures } from "../bench/figures.ts";
import { floor } from "../bench/floor.ts";
import { laneRates } from "../bench/lanes.ts";
import { ranCompare, withReport, withSeed } from "../bench/ran-compare.ts";
import { rate } from "../bench/rate.ts";
import { embeddedSagas, runSagas } from "../bench/sagas.ts";
import { type Shares, sharesOf } from "../bench/shares.ts";
import { inTurns, type Pace, type Spread } from "../bench/spread.ts";
import { openRemote } from "../clouds/deployed.ts";
import { synthesize } from "../clouds/synthesize.ts";
import { remoteTarget } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { outFolder } from "../runs/output-files.ts";
import { print } from "../terminal.ts";
import { pair } from "../variants.ts";

export interface BenchFlags {
  readonly orders: readonly number[];
}

/**
 * Long enough for V8 to compile the code of four functions' environments, to which a tenth of the time goes before; and
 * turns long enough for each to hold collections of old garbage, of which there is one in some seconds.
 */
const steady: Pace = { turnMs: 3_000, warmUpMs: 50_000 };

/** Where the time goes shows sooner. */
const pace: Pace = { turnMs: 800, warmUpMs: 10_000 };

/** For code of this process alone. */
const brief: Pace = { turnMs: 400, warmUpMs: 1_000 };

/** How many times as long `compare` may take with its report. */
const mostWithReport = 1.3;

/**
 * `bench`: speed as ratios within this run, and the memory of long runs. Takes minutes.
 * @returns its exit code: invalid where the report takes too long
 */
export async function benchCommand({ orders }: BenchFlags): Promise<number> {
  const cores = cpus();
  const machine = [
    `${cores.length} × ${cores[0]?.model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${arch()}`,
    `Node ${process.version}`,
  ].join(", ");
  const figures = new Figures(join(outFolder, "bench.ndjson"), machine);
  const keep = (name: string, ratio: Spread) => figures.keep(name, ratio, new Date().toISOString());
  line("machine", machine);
  line("", `ratios hold within one run; ${new Date().toISOString().slice(0, 10)}`);
  line("ASL, four tasks, history kept", `${range(await executionRate(false, brief), 0)} executions/s and core`);
  line("ASL, four tasks, history rendered", `${range(await executionRate(true, brief), 0)} executions/s and core`);
  for (const variant of pair) {
    for (const inFlight of [1, 32]) {
      const { sagas, calls } = await embeddedSagas(variant, await synthesize(variant), inFlight);
      const name = `${variant.name}, ${inFlight} in flight`;
      const { measured, reference, ratio } = await inTurns(sagas, floor(calls, inFlight), steady);
      const than = `the AWS SDK's own ${range(reference, 0)} (${calls.length} calls a saga)`;
      line(name, `${range(measured, 0)} sagas/s and core = ${range(ratio, 2)} of ${than}${keep(name, ratio)}`);
    }
  }
  for (const variant of pair) {
    for (const inFlight of [1, 32]) {
      const { measured, reference, ratio } = await laneRates(variant, inFlight, steady);
      const name = `${variant.name}, exploration, ${inFlight} in flight`;
      const than = `the deployed bundle's ${range(reference, 0)}`;
      line(name, `${range(measured, 0)} sagas/s and core = ${range(ratio, 1)} × ${than}${keep(name, ratio)}`);
    }
  }
  for (const variant of pair) line(`${variant.name}, where the time goes`, percentages(await sharesOf(variant, pace)));
  for (const variant of pair) line(`${variant.name}, embedded against LocalStack`, await againstLocalStack(variant));
  const report = await withReport();
  const isQuick = report.median <= mostWithReport;
  line("compare with its report", `${range(report, 2)} × without, ${isQuick ? "within" : "OVER"} ${mostWithReport}`);
  const seeded = await withSeed();
  line("compare --orders with a seed", `${range(seeded, 2)} of the rate without${keep("compare with a seed", seeded)}`);
  for (const many of orders.filter((each) => each > 0)) {
    const { seconds, peakMegabytes, logMegabytes } = await ranCompare({ orders: many, seed: 1 });
    const size = `${peakMegabytes.toFixed(0)} MB at the peak, ${logMegabytes.toFixed(0)} MB of log`;
    line(`compare --orders ${many} --seed 1`, `${seconds.toFixed(0)} s, ${size}`);
  }
  return isQuick ? exit.valid : exit.invalid;
}

const line = (what: string, figure: string): void => print(`${what.padEnd(44)}${figure}\n`);

/** The median, and in brackets the least and the most. */
const range = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;

const percentages = (shares: Shares): string =>
  Object.entries(shares)
    .toSorted(([, a], [, b]) => b - a)
    .map(([part, share]) => `${part} ${(100 * share).toFixed(0)} %`)
    .join(", ");

/** Sagas one after the other here and there, as a multiple; a line that says so where there is no LocalStack. */
async function againstLocalStack(variant: Variant): Promise<string> {
  const { target } = await remoteTarget({ target: "localstack" }, "pnpm bench");
  try {
    const deployment = await openRemote(variant, target);
    await stock(deployment.table, "TEAPOT", 1_000_000);
    const there = await rate(() => runSagas(deployment, 1), 10_000);
    const perSecond = await rate((await embeddedSagas(variant, await synthesize(variant), 1)).sagas);
    return `${perSecond.toFixed(1)} sagas/s = ${(perSecond / there).toFixed(0)} × LocalStack's ${there.toFixed(2)}`;
  } catch (error) {
    if (error instanceof Failure) return `not measured: ${error.message.split("\n")[0]}`;
    throw error;
  }
}
