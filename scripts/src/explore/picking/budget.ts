import type { StepName } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";

/** Where faults strike: what a step's function needs, or what is handed to it. */
export interface Aim {
  readonly step: StepName;
  /** Any if not given. */
  readonly dependency?: Dependency;
}

/** What may befall a run beside the order of things. */
export interface Budget {
  readonly faults: number;
  /** Deliveries that come twice. */
  readonly duplicates: number;
  /** Any step and dependency if not given. */
  readonly only?: readonly Aim[];
  /** No invocation interrupts another between two calls. */
  readonly isWhole?: boolean;
  /**
   * Invocations that need not go on before a call meets theirs: in another run they went first, and came to the same.
   * Nothing where runs are not compared.
   */
  readonly asleep?: readonly string[];
}

/** Whether all that may befall a run with the other may befall one with this too. */
export const covers = (budget: Budget, other: Budget): boolean =>
  budget.faults >= other.faults &&
  budget.duplicates >= other.duplicates &&
  (budget.asleep ?? []).every((each) => other.asleep?.includes(each));
