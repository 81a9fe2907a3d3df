import { inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import type { LocalOptions } from "../../src/clouds/embedded.ts";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import type { ApprovalScenario } from "../../src/orders/approval-scenarios.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { above, answerAll, approvalAboveCents, openReached } from "../../src/runs/approvers.ts";
import { readOutcome } from "../../src/runs/run-batch.ts";

/** An order that nobody need approve. */
export const small = batchOf(scenarioNamed("happy", "a test"), "");

/** A variant with a limit in the embedded cloud, and the ways into it. */
export async function openWaiting(
  variant: Variant,
  disturbed: Partial<Pick<LocalOptions, "faults" | "repeatable">> = {},
) {
  const assembly = await synthesizeThin(variant, { approvalAboveCents });
  const reached = await openReached(variant, { assembly, choices: inOrder, ...disturbed });
  return { ...reached, template: templateOf(variant, assembly) };
}

/**
 * Lives a scenario in a cloud made as new.
 * @returns what it left behind, and what each approver was told
 */
export async function live(
  variant: Variant,
  reached: Awaited<ReturnType<typeof openWaiting>>,
  scenario: ApprovalScenario,
) {
  await reached.deployment.reset();
  const batch = above(scenario);
  const told = await answerAll(variant, reached, { batch, answers: scenario.answers });
  return { batch, outcome: await readOutcome(batch, reached.deployment), told };
}
