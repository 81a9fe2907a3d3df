import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chooseTarget, describeTarget, type Target, type TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import type { Result } from "../judgement/results.ts";
import type { Batch } from "../orders/batch.ts";
import { acceptLines, batchOf, drawnBatches, fileBatches, type RefusedLine } from "../orders/batches.ts";
import { readOrders } from "../orders/orders-file.ts";
import { scenarios } from "../orders/scenarios.ts";
import { progress } from "../report/progress.ts";
import { renderFindings, renderTable } from "../report/render-results.ts";
import { compare } from "../runs/compare.ts";
import { localRunner } from "../runs/embedded-runner.ts";
import type { Runner } from "../runs/runner.ts";
import type { Variant } from "../variant.ts";

export interface CompareFlags extends TargetFlags {
  readonly scenario?: readonly string[];
  readonly orders?: number;
  readonly seed?: number;
  readonly input?: string;
  readonly json?: true;
  readonly out: string;
}

/** `compare`. @returns its exit code */
export async function compareCommand(flags: CompareFlags): Promise<number> {
  const target = await chooseTarget(flags, { kind: "local" });
  // A deployed table remembers earlier runs, so there every run has orders of its own.
  const suffix = target.kind === "local" ? "" : `-${Date.now().toString(36)}`;
  const work = await plan(flags, suffix);
  for (const { line, issues } of work.refused) {
    for (const { field, message } of issues)
      process.stderr.write(`${flags.input}:${line}: InvalidOrder: ${field}: ${message}\n`);
  }
  process.stderr.write(`comparing in ${describeTarget(target)}\n`);
  const [logFile, file] = emptied(flags.out, "run.ndjson", "results.json");
  const report = progress(work.orders);
  const runners = await openRunners(target, work.seed, (text) => appendFileSync(logFile, text));
  const results = await compare(work.batches, runners, (batch, { findingCount }) =>
    report.add(batch.orders.length, findingCount),
  );
  report.end();

  const matched = results.every(({ findingCount }) => findingCount === 0);
  const valid = matched && work.refused.length === 0;
  const json = JSON.stringify(
    {
      verdict: valid ? "valid" : "invalid",
      command: work.command,
      target: describeTarget(target),
      refused: work.refused,
      results,
    },
    null,
    2,
  );
  writeFileSync(file, `${json}\n`);
  if (flags.json) process.stdout.write(`${json}\n`);
  else process.stdout.write(`${renderTable(results)}\n${summary(results, work.refused, target, flags.out)}\n`);
  for (const result of results.filter(({ findingCount }) => findingCount > 0)) {
    process.stderr.write(
      `\n${renderFindings(result, work.named ? `pnpm compare --scenario ${result.name}${sameFlags(flags)}` : work.command)}\n`,
    );
  }
  return valid ? exit.valid : exit.invalid;
}

/** Both variants, ready to run: each in a thread of its own when embedded, as they are deployed elsewhere. */
async function openRunners(
  target: Target,
  seed: number | undefined,
  onLog: (text: string) => void,
): Promise<Record<Variant, Runner>> {
  if (target.kind === "local") {
    const open = (variant: Variant) => localRunner({ variant, seed, beganMs: Date.now() }, onLog);
    return { choreography: open("choreography"), orchestration: open("orchestration") };
  }
  const { remoteRunner } = await import("../runs/deployed-runner.ts");
  return {
    choreography: await remoteRunner("choreography", target),
    orchestration: await remoteRunner("orchestration", target),
  };
}

/** Paths in the folder for results, with nothing of an earlier run left there. @throws Failure where it cannot be written */
function emptied<Names extends string[]>(folder: string, ...names: Names): { [Index in keyof Names]: string } {
  try {
    mkdirSync(folder, { recursive: true });
    const files = names.map((name) => join(folder, name));
    for (const each of files) rmSync(each, { force: true });
    return files as { [Index in keyof Names]: string };
  } catch (error) {
    throw new Failure(`cannot write to ${folder}: ${(error as Error).message}`, {
      exitCode: exit.usage,
      next: "pnpm compare --out DIR",
      cause: error,
    });
  }
}

interface Work {
  readonly batches: Iterable<Batch>;
  /** How many orders the batches hold. */
  readonly orders: number;
  readonly refused: readonly RefusedLine[];
  /** Of the schedule; none for everything in order. */
  readonly seed: number | undefined;
  /** The command that does this again. */
  readonly command: string;
  /** True for named scenarios, each of which can be run alone. */
  readonly named: boolean;
}

/** @throws Failure for flags that do not go together, unknown scenarios and unreadable files */
async function plan(flags: CompareFlags, suffix: string): Promise<Work> {
  const sources = [
    flags.scenario && "--scenario",
    flags.orders !== undefined && "--orders",
    flags.input && "--input",
  ].filter(Boolean);
  if (sources.length > 1) {
    throw new Failure(`${sources.join(" and ")} do not go together: a run has one source of orders`, {
      exitCode: exit.usage,
      next: "pnpm compare --help",
    });
  }
  if (flags.orders !== undefined) {
    const seed = flags.seed ?? 1;
    const batches = drawnBatches(flags.orders, seed, suffix);
    return {
      batches,
      orders: flags.orders,
      refused: [],
      seed,
      command: `pnpm compare --orders ${flags.orders}${sameFlags({ ...flags, seed })}`,
      named: false,
    };
  }
  if (flags.input) {
    const { orders, refused } = acceptLines(await Array.fromAsync(readOrders(flags.input)));
    if (orders.length + refused.length === 0) {
      throw new Failure(`${flags.input} holds no order`, {
        exitCode: exit.usage,
        next: "put one JSON object on a line, as in scripts/orders.ndjson",
      });
    }
    return {
      batches: fileBatches(orders, suffix),
      orders: orders.length,
      refused,
      seed: flags.seed,
      command: `pnpm compare --input ${flags.input}${sameFlags(flags)}`,
      named: false,
    };
  }
  const chosen = flags.scenario ? [...new Set(flags.scenario)].map(named) : scenarios;
  const command = `pnpm compare${flags.scenario ? ` --scenario ${flags.scenario.join(" ")}` : ""}${sameFlags(flags)}`;
  const batches = chosen.map((scenario) => batchOf(scenario, suffix));
  return {
    batches,
    orders: batches.reduce((sum, { orders }) => sum + orders.length, 0),
    refused: [],
    seed: flags.seed,
    command,
    named: true,
  };
}

function named(name: string) {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario) return scenario;
  const names = scenarios.map((each) => each.name).join(", ");
  throw new Failure(`unknown scenario ${name}: there are ${names}`, {
    exitCode: exit.usage,
    next: "pnpm compare --scenario happy",
  });
}

/** The flags that a command which repeats this run needs too. */
const sameFlags = ({ seed, target, endpointUrl }: CompareFlags): string =>
  [
    seed === undefined ? "" : ` --seed ${seed}`,
    target ? ` --target ${target}` : "",
    endpointUrl ? ` --endpoint-url ${endpointUrl}` : "",
  ].join("");

function summary(results: readonly Result[], refused: readonly RefusedLine[], target: Target, out: string): string {
  const orders = results.reduce((sum, result) => sum + result.orders, 0);
  const findings = results.reduce((sum, result) => sum + result.findingCount, 0);
  const verdict = findings === 0 ? "both variants end alike" : `${findings} findings, see below`;
  const lines = refused.length > 0 ? `, ${refused.length} malformed lines refused` : "";
  const files = target.kind === "local" ? `Log and results: ${out}/` : `Results: ${out}/results.json`;
  return `${orders.toLocaleString("en")} orders through each variant in ${describeTarget(target)}: ${verdict}${lines}. ${files}`;
}
