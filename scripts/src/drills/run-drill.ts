import { inOrder } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../clouds/embedded.ts";
import { synthesizeHere, synthesizeThin } from "../clouds/synthesize.ts";
import { delegated } from "../faults/delegated.ts";
import { firedFaults } from "../faults/fired.ts";
import { Injection, type ListeningFaults } from "../faults/injection.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed } from "../orders/scenarios.ts";
import { placeBatch, readOutcome } from "../runs/run-batch.ts";
import { bringHome } from "./bring-home.ts";
import type { Drill } from "./drills.ts";
import { type DrillResult, left, resultOf } from "./result.ts";

/**
 * Breaks an order in the embedded cloud and brings it home, after the same order went through it where nothing fails.
 * @param thin the handlers run over the thin SDK, instead of as they are deployed
 * @returns nothing for a variant that lacks the remedy
 */
export async function runDrill(
  drill: Drill,
  variant: Variant,
  { thin = false }: { readonly thin?: boolean } = {},
): Promise<DrillResult | undefined> {
  const { ends: _ends, cause: _cause, ...batch } = batchOf(scenarioNamed(drill.scenario, "pnpm drill"), "");
  const placed = batch.placements.map(refOf);
  const injection = new Injection(drill.plan);
  const assembly = await (thin ? synthesizeThin : synthesizeHere)(variant);
  const now: { faults: ListeningFaults } = { faults: {} };
  const faults = delegated(now);
  const deployment = await openLocal(variant, { assembly, choices: inOrder, keepLogs: true, faults });
  const { coordination } = deployment;
  const remedy = coordination.remedies[drill.remedy];
  if (!remedy) return undefined;
  await placeBatch(batch, deployment);
  const unbroken = await left(deployment, placed[0]!);

  await deployment.reset();
  now.faults = injection;
  const from = deployment.now();
  await placeBatch(batch, deployment);
  const stopped = await left(deployment, placed[0]!);
  const deadLetters = await coordination.deadLetters(placed.map(({ orderId }) => orderId));

  const done = (await bringHome(deployment, drill, { placed, from }))!;
  return resultOf({
    drill,
    variant,
    batch,
    does: remedy.does,
    flags: " --target aws",
    faults: firedFaults(drill.plan, [variant], () => injection.fired),
    unbroken,
    stopped,
    deadLetters: deadLetters.length,
    done,
    home: await left(deployment, placed[0]!),
    outcome: await readOutcome(batch, deployment),
  });
}
