import { endings, type PlacementRef, type Waking } from "@ovsc/shared";
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

/** More are never looked for. */
const mostExecutions = 1_000;

/** @returns the last execution that was started for a placement; nothing where none was */
export async function latestExecution(
  executions: NumberedExecutions,
  placementId: string,
): Promise<LatestExecution | undefined> {
  let latest: LatestExecution | undefined;
  for (let number = 0; number < mostExecutions; number += 1) {
    const described = await executions.describe(placementId, number);
    if (!described) return latest;
    latest = { ...described, number };
    // After an end that stays one, nobody starts another.
    if (latest.status === "RUNNING" || isTerminal(latest)) return latest;
  }
  return latest;
}

function isTerminal({ status, error }: LatestExecution): boolean {
  const told = toldBy(status, error);
  return told !== undefined && endings[told].kind === "terminal";
}

/**
 * Starts another execution for a placement, or the first: CreateOrder begins, or is overtaken and the row leads on.
 * Where another was quicker, its execution is the one.
 */
export async function startNext(executions: NumberedExecutions, placed: PlacementRef): Promise<void> {
  const latest = await latestExecution(executions, placed.placementId);
  await executions.start(placed, latest ? latest.number + 1 : 0);
}

/** Whoever goes on is a new execution. */
export const wakingBy = (executions: NumberedExecutions): Waking => ({
  isAttended: async ({ placementId }) => (await latestExecution(executions, placementId))?.status === "RUNNING",
  wake: (placed) => startNext(executions, placed),
});
