import { inOrder } from "@ovsc/local";
import { type Profile, sideEffects } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import {
  chooseTarget,
  describeChoice,
  flagsFor,
  remoteTarget,
  requireEmbedded,
  type TargetCloud,
} from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { firedFaults, unfired } from "../faults/fired.ts";
import { Injection, type ListeningFaults } from "../faults/injection.ts";
import { lawUnderFaults } from "../faults/law.ts";
import { readPlan } from "../faults/plan.ts";
import { declaredFor } from "../judgement/declared.ts";
import { judge, wholeLaw } from "../judgement/judge.ts";
import type { Outcome } from "../orders/batch.ts";
import { chosenOrders, type OrderFlags } from "../orders/chosen-orders.ts";
import { renderOrder } from "../report/render-order.ts";
import { counted } from "../report/words.ts";
import { enterBatch, runBatch } from "../runs/run-batch.ts";
import { shellWord } from "../shell-word.ts";
import { note, print } from "../terminal.ts";
import { variantNamed } from "../variants.ts";
import { followCommand, type FollowFlags } from "./follow.ts";

export interface TriggerFlags extends FollowFlags, OrderFlags {
  readonly faults?: string;
  readonly profile?: Profile;
  readonly json?: true;
  /** False: only place the orders, and print their ids. */
  readonly wait?: boolean;
}

/** `trigger VARIANT`. @returns the verdict on the orders, as `compare` gives it */
export function triggerCommand(flags: TriggerFlags, name: string): Promise<number> {
  const variant = variantNamed(name);
  if (flags.status !== undefined || flags.follow !== undefined) return followCommand(variant, flags);
  return flags.wait === false ? placeOnly(variant, flags) : triggerVariant(variant, flags);
}

/** Places the orders and prints their ids at once. @throws Failure where a client cannot but wait */
async function placeOnly(variant: Variant, flags: TriggerFlags): Promise<number> {
  const { name, clientWaits } = variant;
  if (clientWaits !== undefined) {
    const why = `a client of the ${name} cannot but wait, because ${clientWaits}`;
    throw new Failure(why, { exitCode: exit.usage, next: `pnpm trigger ${name}` });
  }
  const batch = chosenOrders(flags);
  const chosen = await remoteTarget(flags, `pnpm trigger ${name} --no-wait`);
  note(`${counted(batch.placements.length, "order")} through the ${name} in ${describeChoice(chosen)}\n`);
  const deployment = await openRemote(variant, chosen.target, { ...(flags.profile && { profile: flags.profile }) });
  await enterBatch(batch, deployment);
  const orderIds = batch.placements.map(({ order }) => order.orderId);
  print(flags.json ? `${JSON.stringify({ variant: name, orderIds }, null, 2)}\n` : `${orderIds.join("\n")}\n`);
  note(`next: pnpm trigger ${name} --follow ${shellWord(orderIds[0]!)}${flagsFor(chosen.target)}\n`);
  return exit.valid;
}

export async function triggerVariant(variant: Variant, flags: TriggerFlags): Promise<number> {
  const { name } = variant;
  const { profile = "equal" } = flags;
  const batch = chosenOrders(flags);
  const plan = flags.faults === undefined ? [] : readPlan(flags.faults);
  const chosen = await chooseTarget(flags);
  if (plan.length > 0) requireEmbedded(chosen, "--faults");
  note(`${counted(batch.placements.length, "order")} through the ${name} in ${describeChoice(chosen)}\n`);
  const injection = new Injection(plan);
  const deployment = await open({ target: chosen.target, variant, profile, faults: injection });
  const outcome = await runBatch(batch, deployment);
  const differing = { [name]: declaredFor(variant, { scenario: batch.name, faults: plan, profile }) };
  const law = { ...(plan.length > 0 ? lawUnderFaults : wholeLaw), differing };
  const judgement = judge(batch, { [name]: outcome }, law);
  const silent = unfired(firedFaults(plan, [variant], () => injection.fired));
  const verdict = silent.length > 0 ? "invalid" : judgement.verdict;
  const findings = [...silent, ...judgement.findings];
  const orders = await wayOfEach(outcome, deployment);
  await deployment.close();

  if (flags.json) {
    const reports = orders.map(({ evidence, ...rest }) => ({ evidence, sideEffects: sideEffects(evidence), ...rest }));
    const found = { variant: name, profile, where: deployment.where, verdict, orders: reports, findings };
    print(`${JSON.stringify(found, null, 2)}\n`);
  } else {
    const currencyOf = new Map(batch.placements.map(({ order }) => [order.orderId, order.currency]));
    const reports = orders.map(({ evidence, ending, story }, index) => {
      const about = findings.filter(({ orderId }) => (orderId ?? orders[0]!.evidence.orderId) === evidence.orderId);
      const currency = currencyOf.get(evidence.orderId)!;
      return `${index > 0 ? "\n" : ""}${renderOrder({ evidence, currency, ending, story, findings: about })}`;
    });
    print(reports.join(""));
  }
  return exit[verdict];
}

/** Everything that is known of each placement; one that was made twice is one. */
async function wayOfEach({ evidence, endings }: Outcome, deployment: Deployment) {
  const seen = new Map(evidence.map((each, index) => [each.placementId, { evidence: each, ending: endings[index] }]));
  const reports = [];
  for (const report of seen.values()) {
    const story = await deployment.coordination.story(report.evidence);
    reports.push({ ...report, story, logs: await deployment.logs(report.evidence) });
  }
  return reports;
}

interface Opening {
  readonly target: TargetCloud;
  readonly variant: Variant;
  readonly profile: Profile;
  readonly faults: ListeningFaults;
}

async function open({ target, variant, profile, faults }: Opening): Promise<Deployment> {
  if (target.kind !== "local") return openRemote(variant, target, { profile });
  const assembly = await synthesize(variant, { profile });
  const sweeper = variant.differs ? "on" : "off";
  return openLocal(variant, { assembly, choices: inOrder, keepLogs: true, faults, sweeper });
}
