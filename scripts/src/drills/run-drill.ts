import { inOrder } from "@ovsc/local";
import { endOf, type Evidence, refOf, sideEffects } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import type { StepLog, Variant } from "@ovsc/shared/variant";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize, synthesizeThin } from "../clouds/synthesize.ts";
import { delegated } from "../faults/delegated.ts";
import { type FiredFault, firedFaults, unfired } from "../faults/fired.ts";
import { Injection, type ListeningFaults } from "../faults/injection.ts";
import { lawUnderFaults } from "../faults/law.ts";
import { differences } from "../judgement/differences.ts";
import { judge } from "../judgement/judge.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed } from "../orders/scenarios.ts";
import { placeBatch, readOutcome } from "../runs/run-batch.ts";
import { bringHome } from "./bring-home.ts";
import type { Drill } from "./drills.ts";

/** What became of the order of a drill. */
export interface DrillResult {
  readonly drill: Drill;
  readonly variant: string;
  /** What its remedy does, as the end of "this …". */
  readonly does: string;
  /** The command that does the same in a deployed stack. */
  readonly command: string;
  readonly faults: readonly FiredFault[];
  /** How it stood before the remedy. */
  readonly stopped: { readonly end: string; readonly deadLetters: number };
  /** What the remedy did. */
  readonly done: readonly string[];
  /** How it stands after the remedy, and where the same order stands that nothing befell. */
  readonly end: string;
  readonly unbroken: string;
  /** Runs of steps that found their work done, by step. */
  readonly ranAgain: Readonly<Record<string, number>>;
  /** Side effects beyond those of the order that nothing befell. */
  readonly sideEffectsTwice: number;
  /** Everything that is not as it must be. */
  readonly findings: readonly string[];
}

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
  const assembly = await (thin ? synthesizeThin : synthesize)(variant);
  const now: { faults: ListeningFaults } = { faults: {} };
  const faults = delegated(now);
  const deployment = await openLocal(variant, { assembly, choices: inOrder, keepLogs: true, faults });
  const { coordination } = deployment;
  if (!coordination.remedies[drill.remedy]) return undefined;
  await placeBatch(batch, deployment);
  const unbroken = await left(deployment, placed[0]!);

  deployment.reset();
  now.faults = injection;
  const from = deployment.now();
  await placeBatch(batch, deployment);
  const stopped = await left(deployment, placed[0]!);
  const deadLetters = await coordination.deadLetters(placed.map(({ orderId }) => orderId));

  const done = (await bringHome(deployment, drill, { placed, from }))!;
  const home = await left(deployment, placed[0]!);
  const outcome = await readOutcome(batch, deployment);
  const fired = firedFaults(drill.plan, [variant], () => injection.fired);
  return {
    drill,
    variant: variant.name,
    does: coordination.remedies[drill.remedy]!.does,
    command: commandOf(drill, variant),
    faults: fired,
    stopped: { end: endOf(stopped.evidence), deadLetters: deadLetters.length },
    done,
    end: endOf(home.evidence),
    unbroken: endOf(unbroken.evidence),
    ranAgain: ranAgain(home.logs, unbroken.logs),
    sideEffectsTwice: beyond(home.evidence, unbroken.evidence),
    findings: [
      ...unfired(fired).map(({ what }) => what),
      ...(differences(unbroken.evidence, stopped.evidence).length > 0 ? [] : ["the fault plan broke nothing"]),
      ...differences(compared(unbroken.evidence, drill), compared(home.evidence, drill)).map(
        ({ what }) => `${what} is not that of the unbroken order`,
      ),
      ...judge(batch, { [variant.name]: outcome }, lawUnderFaults).findings.map(({ what }) => what),
    ],
  };
}

/** What must be that of the unbroken order: all of it, but for its way where that is a detour. */
function compared(evidence: Evidence, { isDetour }: Drill): unknown {
  if (!isDetour || !evidence.row) return evidence;
  const { statuses: _statuses, reason: _reason, ...row } = evidence.row;
  return { ...evidence, row };
}

interface Left {
  readonly evidence: Evidence;
  readonly logs: readonly StepLog[];
}

const left = async (
  { table, logs }: Pick<Deployment, "table" | "logs">,
  placed: ReturnType<typeof refOf>,
): Promise<Left> => ({ evidence: await readEvidence(table, placed), logs: await logs(placed) });

/** How often each step came to an end again, beyond how often it did where nothing was broken. */
function ranAgain(logs: readonly StepLog[], unbroken: readonly StepLog[]): Record<string, number> {
  const before = ended(unbroken);
  const more = Object.entries(ended(logs)).map(([step, lines = []]) => [
    step,
    Math.max(0, lines.length - Math.max(1, before[step]?.length ?? 0)),
  ]);
  return Object.fromEntries(more.filter(([, count]) => count !== 0)) as Record<string, number>;
}

const ended = (logs: readonly StepLog[]) =>
  Object.groupBy(
    logs.filter(({ message }) => !message.startsWith("step ")),
    ({ step }) => step,
  );

/** Charges, refunds and shipments that an order has and another has not, and units that it holds more. */
function beyond(evidence: Evidence, other: Evidence): number {
  const [more, less] = [sideEffects(evidence), sideEffects(other)];
  const counts = ["unitsHeld", "charges", "refunds", "shipments"] as const;
  return counts.reduce((sum, count) => sum + Math.max(0, more[count] - less[count]), 0);
}

function commandOf({ remedy, events = [] }: Drill, { name }: Variant): string {
  const chosen = events.length > 0 ? ` --event ${events.join(" ")}` : "";
  return `pnpm remedy ${name} ${remedy} ORDER${chosen} --target aws`;
}
