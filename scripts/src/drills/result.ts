import { endOf, type Evidence, lastGeneration, type PlacementRef, sideEffects } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import type { StepLog, Variant } from "@ovsc/shared/variant";
import type { Deployment } from "../clouds/deployment.ts";
import { type FiredFault, unfired } from "../faults/fired.ts";
import { lawBeyondBudget, lawUnderFaults } from "../faults/law.ts";
import { differences, withoutIdentity } from "../judgement/differences.ts";
import { judge } from "../judgement/judge.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { Damage, Drill } from "./drills.ts";

/** What became of the order of a drill. */
export interface DrillResult {
  readonly drill: Drill;
  readonly variant: string;
  /** What its remedy does, as the end of "this …". */
  readonly does: string;
  /** The command that does the same in a deployed stack. */
  readonly command: string;
  /** Those of its plan; none in a deployed stack, which is damaged instead. */
  readonly faults: readonly FiredFault[];
  readonly damage?: Damage;
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

/** What the order of a drill left: rows, ledgers and logs. */
export interface Left {
  readonly evidence: Evidence;
  readonly logs: readonly StepLog[];
}

export const left = async (
  { table, logs }: Pick<Deployment, "table" | "logs">,
  placed: PlacementRef,
): Promise<Left> => ({ evidence: await readEvidence(table, placed), logs: await logs(placed) });

/** A drill that was run, as it was seen. */
export interface Ran {
  readonly drill: Drill;
  readonly variant: Variant;
  readonly batch: Batch;
  readonly does: string;
  /** The flags by which the remedy reaches a deployed stack. */
  readonly flags: string;
  readonly faults: readonly FiredFault[];
  readonly damage?: Damage;
  readonly unbroken: Left;
  readonly stopped: Left;
  readonly deadLetters: number;
  readonly done: readonly string[];
  readonly home: Left;
  readonly outcome: Outcome;
}

/** Judges a drill that was run. */
export function resultOf({ drill, variant, batch, does, flags, faults, damage, ...seen }: Ran): DrillResult {
  const { unbroken, stopped, deadLetters, done, home, outcome } = seen;
  const law = drill.afterRest ? lawBeyondBudget : lawUnderFaults;
  return {
    drill,
    variant: variant.name,
    does,
    command: commandOf(drill, variant, flags),
    faults,
    ...(damage && { damage }),
    stopped: { end: endOf(stopped.evidence), deadLetters },
    done,
    end: endOf(home.evidence),
    unbroken: endOf(unbroken.evidence),
    ranAgain: ranAgain(home.logs, unbroken.logs),
    sideEffectsTwice: beyond(lastGeneration(home.evidence), unbroken.evidence),
    findings: [
      ...unfired(faults).map(({ what }) => what),
      ...(differences(unbroken.evidence, stopped.evidence).length > 0 ? [] : ["the fault plan broke nothing"]),
      ...differences(compared(unbroken.evidence, drill), compared(home.evidence, drill)).map(
        ({ what }) => `${what} is not that of the unbroken order`,
      ),
      ...judge(batch, { [variant.name]: outcome }, law).findings.map(({ what }) => what),
    ],
  };
}

/**
 * What must be that of the unbroken order: all of it, but for its way where that is a detour. Of one that began anew,
 * its last generation, but for the ids.
 */
function compared(evidence: Evidence, { isDetour, beginsAnew }: Drill): unknown {
  if (!isDetour || !evidence.row) return evidence;
  const { statuses: _statuses, reason: _reason, generation: _generation, ...row } = evidence.row;
  const last = { ...lastGeneration(evidence), row };
  return beginsAnew ? withoutIdentity([last], () => evidence) : last;
}

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

function commandOf({ remedy, events = [] }: Drill, { name }: Variant, flags: string): string {
  const chosen = events.length > 0 ? ` --event ${events.join(" ")}` : "";
  return `pnpm remedy ${name} ${remedy} ORDER${chosen}${flags}`;
}
