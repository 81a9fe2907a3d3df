/** What may befall a run beside the order of things. */
export interface Budget {
  readonly faults: number;
  /** Deliveries that come twice. */
  readonly duplicates: number;
  /** No invocation interrupts another between two calls. */
  readonly isWhole?: boolean;
}

/** Whether all that may befall a run with the other may befall one with this too. */
export const covers = (budget: Budget, other: Budget): boolean =>
  budget.faults >= other.faults && budget.duplicates >= other.duplicates;
