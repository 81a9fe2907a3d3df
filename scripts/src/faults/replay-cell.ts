import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import { declaredFor } from "../judgement/declared.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import type { RunLine } from "../runs/log/run-line.ts";
import { RunLog } from "../runs/log/run-log.ts";
import { shellWord } from "../shell-word.ts";
import { pair, variantNamed } from "../variants.ts";
import { canStrike } from "./applies.ts";
import { isBeyondBudget } from "./beyond-budget.ts";
import { type Cell, nameOf } from "./cells.ts";
import { FaultyCloud } from "./faulty-cloud.ts";
import { Injection } from "./injection.ts";
import { everyCell } from "./matrix.ts";

/** A cell's name has slashes, as no command-line word for an order has: see `nameOf`. */
export const isCellName = (word: string): boolean => word.split("/").length === 5;

/**
 * Runs a cell of the matrix again.
 * @param names of variants; without any, each of the pair that has what the cell's fault strikes
 * @returns the lines that a log of the run has
 * @throws Failure for a name that is no cell's, or a variant that lacks what its fault strikes
 */
export async function replayCell(name: string, names: readonly string[], profile: Profile): Promise<RunLine[]> {
  const variants = [...new Set([...pair, ...names.map(variantNamed)])];
  const seen = variants.map((variant) => FaultyCloud.open(variant, { profile }));
  const cell = cellNamed(name, await everyCell(await Promise.all(seen)));
  const befell = { scenario: cell.scenario, faults: cell.plan, profile };
  const needsSweeper = (variant: Variant) =>
    isBeyondBudget(cell, profile) || declaredFor(variant, befell).some(({ swept }) => swept);
  const logs = new Map(variants.map((variant) => [variant.name, new RunLog(variant.name, Date.now())]));
  const clouds = await Promise.all(
    variants.map((variant) => {
      const log = logs.get(variant.name)!;
      const sweeper = needsSweeper(variant) ? "on" : "off";
      return FaultyCloud.open(variant, { profile, sweeper, onHappening: (happening) => log.add(happening) });
    }),
  );
  const struck = clouds.filter(({ variant }) => strikes(cell, variant));
  const unstruck = names.find((each) => !struck.some(({ variant }) => variant.name === each));
  if (unstruck !== undefined) {
    throw new Failure(`${name} strikes nothing in the ${unstruck}, which has no ${cell.dependency}`, {
      exitCode: exit.usage,
      next: `pnpm trace ${shellWord(name)}`,
    });
  }
  const lines: RunLine[] = [];
  for (const cloud of struck.filter(({ variant }) => names.length === 0 || names.includes(variant.name))) {
    const log = logs.get(cloud.variant.name)!;
    log.begin(cell.scenario);
    const batch = batchOf(
      scenarios.find((scenario) => scenario.name === cell.scenario)!,
      "",
    );
    await cloud.run(batch, new Injection(cell.plan));
    lines.push(...log.take().lines.map(({ text }) => JSON.parse(text) as RunLine));
  }
  return lines;
}

const strikes = ({ plan }: Cell, variant: Variant): boolean => plan.every((fault) => canStrike(variant, fault));

function cellNamed(name: string, cells: readonly Cell[]): Cell {
  const cell = cells.find((each) => nameOf(each) === name);
  if (cell) return cell;
  const next = "pnpm matrix --plans, which names every cell";
  throw new Failure(`no cell of the matrix is called ${name}`, { exitCode: exit.usage, next });
}
