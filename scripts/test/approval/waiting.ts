import { inOrder } from "@ovsc/local";
import { answerWithinSeconds, deadlinesEverySeconds, refOf } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import type { Decided, DeployedStack, Variant } from "@ovsc/shared/variant";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import type { Answer, ApprovalScenario } from "../../src/orders/approval-scenarios.ts";
import type { Batch, Outcome } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { readOutcome } from "../../src/runs/run-batch.ts";

/** Below the price of the happy order, 4,998. */
export const aboveCents = 4_000;

/** The happy order, which here ends as an approval scenario says. */
export const batchFor = ({ name, ends, cause }: ApprovalScenario): Batch => ({
  ...batchOf(scenarioNamed("happy", "a test"), `-${name}`),
  ends: [ends],
  ...(cause && { cause }),
});

/** A variant with a limit in the embedded cloud, and the ways into it. */
export async function openWaiting(variant: Variant, limit = aboveCents) {
  let stack: DeployedStack | undefined;
  const connected = { ...variant, connect: (given: DeployedStack) => variant.connect((stack = given)) };
  const assembly = await synthesizeThin(variant, { approvalAboveCents: limit });
  const deployment = await openLocal(connected, { assembly, thin: false, choices: inOrder });
  return { deployment, stack: stack! };
}

/** Lives a scenario. @returns what it left behind, and what each approver was told */
export async function live(variant: Variant, scenario: ApprovalScenario) {
  const { deployment, stack } = await openWaiting(variant);
  const batch = batchFor(scenario);
  const told: (Decided | undefined)[] = [];
  await fillAndPlace(batch, deployment);
  await deployment.pass(1);
  let at = 1;
  for (const answer of scenario.answers) {
    await deployment.pass(Math.max(0, answer.afterSeconds - at));
    at = Math.max(at, answer.afterSeconds);
    told.push(await decide(answer));
    await deployment.pass(1);
    at += 1;
  }
  await deployment.pass(Math.max(0, answerWithinSeconds + 2 * deadlinesEverySeconds - at));
  await deployment.settle(batch.placements.map(refOf));
  const outcome: Outcome = await readOutcome(batch, deployment);
  return { batch, outcome, told };

  async function decide({ decision, by, isEnded }: Answer): Promise<Decided | undefined> {
    const { orderId } = batch.placements[0]!.order;
    if (!isEnded) return deployment.coordination.decide!(orderId, { decision, by });
    const approver = variant.connect({ ...stack, asApprover: { ...stack.asApprover!, client: mute } });
    return approver.decide!(orderId, { decision, by }).catch(() => undefined);
  }
}

/** Whatever an approver wants to say after its write does not arrive. */
const mute = () => ({ send: () => Promise.reject(new Error("ended")) }) as never;

async function fillAndPlace(
  batch: Batch,
  { table, coordination }: Awaited<ReturnType<typeof openLocal>>,
): Promise<void> {
  for (const [sku, units] of Object.entries(batch.stock)) await stock(table, sku, units);
  for (const placement of batch.placements) await coordination.place(placement);
}
