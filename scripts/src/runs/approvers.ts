import { answerWithinSeconds, deadlinesEverySeconds, refOf } from "@ovsc/shared";
import type { Decided, DeployedStack, Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, type LocalOptions, openLocal } from "../clouds/embedded.ts";
import type { Answer, ApprovalScenario } from "../orders/approval-scenarios.ts";
import type { Batch } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed } from "../orders/scenarios.ts";
import { enterBatch } from "./run-batch.ts";

/** The limit of the stacks that approval scenarios are lived through in: above the price of the happy order, 4,998. */
export const approvalAboveCents = 5_000;

/** The happy order at a price above the limit, which ends as an approval scenario says. */
export function above({ name, ends, cause }: Pick<ApprovalScenario, "name" | "ends" | "cause">): Batch {
  const batch = batchOf(scenarioNamed("happy", "pnpm lab"), `-${name}`);
  const placements = batch.placements.map(({ order, ...placement }) => ({
    ...placement,
    order: { ...order, totalCents: approvalAboveCents + 1 },
  }));
  return { ...batch, placements, ends: [ends], ...(cause && { cause }) };
}

/** A variant in the embedded cloud, and the stack by which approvers reach it. */
export interface Reached {
  readonly deployment: LocalDeployment;
  readonly stack: DeployedStack;
}

/** Opens a variant, and keeps the stack that it is connected to. */
export async function openReached(variant: Variant, options: LocalOptions): Promise<Reached> {
  let stack: DeployedStack | undefined;
  const connected = { ...variant, connect: (given: DeployedStack) => variant.connect((stack = given)) };
  const deployment = await openLocal(connected, options);
  return { deployment, stack: stack! };
}

/**
 * Places the order of an approval scenario, lets its approvers answer, and waits until the deadline is past.
 * @param batch of the scenario: see `above`
 * @returns what each approver was told; nothing for one that was ended
 */
export async function answerAll(
  variant: Variant,
  { deployment, stack }: Reached,
  { batch, answers }: Pick<ApprovalScenario, "answers"> & { readonly batch: Batch },
): Promise<(Decided | undefined)[]> {
  const told: (Decided | undefined)[] = [];
  const { orderId } = batch.placements[0]!.order;
  await enterBatch(batch, deployment);
  await deployment.pass(1);
  let at = 1;
  for (const answer of answers) {
    await deployment.pass(Math.max(0, answer.afterSeconds - at));
    at = Math.max(at, answer.afterSeconds);
    told.push(await decide(answer));
    await deployment.pass(1);
    at += 1;
  }
  await deployment.pass(Math.max(0, answerWithinSeconds + 2 * deadlinesEverySeconds - at));
  await deployment.settle(batch.placements.map(refOf));
  return told;

  async function decide({ decision, by, isEnded }: Answer): Promise<Decided | undefined> {
    if (!isEnded) return deployment.coordination.decide!(orderId, { decision, by });
    const approver = variant.connect({ ...stack, asApprover: { ...stack.asApprover!, client: mute } });
    return approver.decide!(orderId, { decision, by }).catch(() => undefined);
  }
}

/** Whatever an approver wants to say after its write does not arrive. */
const mute = () => ({ send: () => Promise.reject(new Error("ended")) }) as never;
