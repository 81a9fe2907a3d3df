import { type EndingName, endings, type PlacementRef, type Waking } from "@ovsc/shared";
import { toldBy } from "./ends.ts";

/** An execution, as far as it is known by its description. */
export interface LatestExecution {
  readonly arn: string;
  /** 0 for the one that the client started, then counted up. */
  readonly number: number;
  readonly status: string;
  /** JSON text. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** Where executions run, each named by its placement and its number. */
export interface NumberedExecutions {
  /** @returns nothing where there is no execution of that name */
  readonly describe: (placementId: string, number: number) => Promise<Omit<LatestExecution, "number"> | undefined>;
  /** Starts one; where there is one of that name, running or not, that is all. */
  readonly start: (placed: PlacementRef, number: number) => Promise<void>;
}

/** More of a generation are never looked for, so that the next one's are numbered from there. */
const mostExecutions = 1_000;
const mostGenerations = 1_000;

/** @returns the number of a generation's first execution */
const firstOf = (generation: number): number => mostExecutions * (generation - 1);

/** @returns the last execution that was started for a placement; nothing where none was */
export async function latestExecution(
  executions: NumberedExecutions,
  placementId: string,
): Promise<LatestExecution | undefined> {
  let latest: LatestExecution | undefined;
  for (let generation = 1; generation <= mostGenerations; generation += 1) {
    const last = await latestOf(generation, placementId, executions);
    if (!last) return latest;
    latest = last;
    const told = toldOf(last);
    // Only what was undone begins anew; what told no end may have been undone all the same.
    if (last.status === "RUNNING" || (isTerminal(told) && told !== "INVENTORY_RELEASED")) return latest;
  }
  return latest;
}

async function latestOf(
  generation: number,
  placementId: string,
  executions: NumberedExecutions,
): Promise<LatestExecution | undefined> {
  let latest: LatestExecution | undefined;
  for (let number = firstOf(generation); number < firstOf(generation + 1); number += 1) {
    const described = await executions.describe(placementId, number);
    if (!described) return latest;
    latest = { ...described, number };
    // After an end that stays one, nobody starts another of this generation.
    if (latest.status === "RUNNING" || isTerminal(toldOf(latest))) return latest;
  }
  return latest;
}

const toldOf = ({ status, error }: LatestExecution): EndingName | undefined => toldBy(status, error);

const isTerminal = (told: EndingName | undefined): boolean => told !== undefined && endings[told].kind === "terminal";

/**
 * Starts another execution for a placement, or the first: CreateOrder begins, or is overtaken and the row leads on.
 * Where another was quicker, its execution is the one; where one runs already for this generation, that goes on.
 */
export async function startNext(executions: NumberedExecutions, placed: PlacementRef): Promise<void> {
  const { placementId, generation = 1 } = placed;
  const latest = await latestExecution(executions, placementId);
  const isOfIt = latest !== undefined && latest.number >= firstOf(generation);
  const isPast = isOfIt && latest.number >= firstOf(generation + 1);
  if (isPast || (isOfIt && latest.status === "RUNNING")) return;
  await executions.start(placed, isOfIt ? latest.number + 1 : firstOf(generation));
}

/** Whoever goes on is a new execution. */
export const wakingBy = (executions: NumberedExecutions): Waking => ({
  isAttended: async ({ placementId }) => (await latestExecution(executions, placementId))?.status === "RUNNING",
  wake: (placed) => startNext(executions, placed),
});
