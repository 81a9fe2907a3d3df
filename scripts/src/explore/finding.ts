import type { Variant } from "@ovsc/shared/variant";
import { renderStory } from "@ovsc/shared/variant";
import type { Batch } from "../orders/batch.ts";
import { openExplored } from "./judged-run.ts";
import { replay, shortest } from "./replay.ts";
import type { Schedule, StoredSchedule } from "./schedule.ts";
import { kindOf } from "./search.ts";
import type { Violation } from "./violations.ts";

/** A violation with the shortest schedule that leads to it. */
export interface ExploredFinding {
  readonly violations: readonly Violation[];
  readonly stored: StoredSchedule;
  /** As a person reads it. */
  readonly story: readonly string[];
  /** Whether the bundle that is deployed, with the AWS SDK, comes to the same. */
  readonly isDeployed: boolean;
}

/** Where a violation was found. */
export interface Lead {
  readonly variant: Variant;
  readonly without: string | undefined;
  /** In a stored schedule, for the orders. */
  readonly orders: StoredSchedule["orders"];
  readonly batch: Batch;
  readonly schedule: Schedule;
  readonly violation: Violation;
}

/** Shrinks a violation to its shortest story, and sees whether the deployed bundle comes to the same. */
export async function follow({ variant, without, orders, batch, schedule, violation }: Lead): Promise<ExploredFinding> {
  const cloud = await openExplored(variant, { without, thin: true });
  const short = await shortest(cloud, batch, { schedule, violation });
  const { story, met, violations } = await replay(cloud, batch, short);
  const deployed = await openExplored(variant, { without, thin: false });
  const again = await replay(deployed, batch, met);
  const finding = kindOf(violation);
  return {
    violations,
    stored: { variant: variant.name, orders, schedule: [...met], ...(without !== undefined && { without }), finding },
    story: renderStory(story),
    isDeployed: again.violations.some((each) => kindOf(each) === finding),
  };
}
