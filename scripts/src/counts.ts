/** What a number of orders took. `undefined` where a target does not tell: unknown, never 0. */
export interface Counts {
  readonly invocations: number | undefined;
  /** Events published on the bus, those of exhausted retries included. */
  readonly events: number | undefined;
  /** States entered, each retry included: what Step Functions bills. */
  readonly stateTransitions: number | undefined;
  readonly awsCalls: number | undefined;
}

export const noCounts: Counts = { invocations: 0, events: 0, stateTransitions: 0, awsCalls: 0 };
