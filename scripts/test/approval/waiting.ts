import { inOrder } from "@ovsc/local";
import { answerWithinSeconds, deadlinesEverySeconds, refOf } from "@ovsc/shared";
import type { Decided, DeployedStack, Variant } from "@ovsc/shared/variant";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import type { Answer, ApprovalScenario } from "../../src/orders/approval-scenarios.ts";
import type { Batch, Outcome } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { enterBatch, readOutcome } from "../../src/runs/run-batch.ts";

/** Above the price of the happy order, 4,998. */
const aboveCents = 5_000;

/** An order that nobody need approve. */
export const small = batchOf(scenarioNamed("happy", "a test"), "");

/** The same at a higher price, which ends as an approval scenario says. */
export function above({ name, ends, cause }: Pick<ApprovalScenario, "name" | "ends" | "cause">): Batch {
  const batch = batchOf(scenarioNamed("happy", "a test"), `-${name}`);
  const placements = batch.placements.map(({ order, ...placement }) => ({
    ...placement,
    order: { ...order, totalCents: aboveCents + 1 },
  }));
  return { ...batch, placements, ends: [ends], ...(cause && { cause }) };
}

/** A variant with a limit in the embedded cloud, and the ways into it. */
export async function openWaiting(variant: Variant) {
  let stack: DeployedStack | undefined;
  const connected = { ...variant, connect: (given: DeployedStack) => variant.connect((stack = given)) };
  const assembly = await synthesizeThin(variant, { approvalAboveCents: aboveCents });
  const deployment = await openLocal(connected, { assembly, choices: inOrder });
  return { deployment, stack: stack!, template: templateOf(variant, assembly) };
}

/**
 * Lives a scenario in a cloud made as new.
 * @returns what it left behind, and what each approver was told
 */
export async function live(
  variant: Variant,
  { deployment, stack }: Awaited<ReturnType<typeof openWaiting>>,
  scenario: ApprovalScenario,
) {
  deployment.reset();
  const batch = above(scenario);
  const told: (Decided | undefined)[] = [];
  await enterBatch(batch, deployment);
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
