import { delaysOf, retryBudgets, type StepName, timeouts } from "@ovsc/shared";
import type { Dependency, Difference } from "@ovsc/shared/variant";
import type { KindName } from "../../faults/kinds.ts";
import type { FaultPlan } from "../../faults/plan.ts";
import { mayBeOf } from "../../judgement/declared.ts";
import { isAway, type Outage } from "./strikes.ts";

const { functionError, throttle } = retryBudgets.equal;

/** Kinds of fault that a function learns of only when its time is over. */
const untilTimeout: readonly KindName[] = ["time-out", "late-effect"];

/** Something that struck once. */
interface Blow {
  readonly kind: KindName;
  readonly dependency: Dependency;
  /** Undefined where it struck what runs no step. */
  readonly step: StepName | undefined;
  /** The same for all that strikes one try. */
  readonly tried: string;
  readonly atMs: number;
}

interface Blows extends Pick<Blow, "kind" | "dependency" | "step"> {
  readonly tries: Set<string>;
}

/** What struck a run, in the words of a fault plan: a variant declares its differences in them. */
export class Toll {
  readonly #blows = new Map<string, Blows>();
  #keptUntilMs = 0;

  add({ kind, dependency, step, tried, atMs }: Blow): void {
    const key = `${kind} ${dependency} ${step}`;
    const blows = this.#blows.get(key) ?? { kind, dependency, step, tries: new Set() };
    this.#blows.set(key, blows);
    blows.tries.add(tried);
    const lostSeconds = untilTimeout.includes(kind) ? timeouts.function : 0;
    const keptSeconds = lostSeconds + waitSeconds(kind, dependency, blows.tries.size);
    this.#keptUntilMs = Math.max(this.#keptUntilMs, atMs + 1000 * keptSeconds);
  }

  /** A try failed, struck or not: so many of a step by now. */
  wait(tries: number, atMs: number): void {
    const keptSeconds = delaysOf(functionError.stepFunctions)[tries - 1] ?? 0;
    this.#keptUntilMs = Math.max(this.#keptUntilMs, atMs + 1000 * keptSeconds);
  }

  /** What of it decides how a variant that declares these differences is judged in the end. */
  summary(nowMs: number, differs: readonly Difference[]): readonly unknown[] {
    const classes = differs.filter((each) => "kinds" in each);
    const asked = [...this.#blows].filter(([, { step, ...blows }]) =>
      classes.some((each) => mayBeOf({ ...blows, ...(step && { step }) }, each)),
    );
    const isKept = differs.some((each) => "keptSeconds" in each);
    return [
      asked.map(([key, { tries }]) => `${key} ${tries.size}`).toSorted(),
      isKept ? Math.ceil(Math.max(0, this.#keptUntilMs - nowMs) / 1000) : 0,
    ];
  }

  /** @param lasting what is still away */
  plan(lasting: readonly Outage[]): FaultPlan {
    return [...this.#blows.values()].map(({ kind, dependency, step, tries }) => {
      const goesOn = lasting.some((each) => each.kind === kind && isAway(each, dependency));
      const attempts = goesOn ? "every" : [...tries].map((_tried, index) => index + 1);
      return { kind, dependency, ...(step && { step }), attempts };
    });
  }

  /** How long the tries that were struck, and the waits after them, keep a run that began at a time. */
  keptSeconds(sinceMs: number): number {
    return Math.max(0, this.#keptUntilMs - sinceMs) / 1000;
  }
}

/** Before the next try, once so many failed. Who is turned away by Lambda is tried again for as long as can be. */
function waitSeconds(kind: KindName, dependency: Dependency, tries: number): number {
  const isTurnedAway = dependency === "lambda" && kind !== "out-of-memory";
  const delays = delaysOf((isTurnedAway ? throttle : functionError).stepFunctions);
  return delays[tries - 1] ?? (isTurnedAway ? delays.at(-1)! : 0);
}
