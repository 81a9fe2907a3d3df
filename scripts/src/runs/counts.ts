/** A number, where a target tells it. Unknown is never 0. */
export type Count = number | "unknown";

/** What a number of orders took. */
export interface Counts {
  readonly invocations: Count;
  /** Events published on the bus, those of exhausted retries included. */
  readonly events: Count;
  /** States entered, each retry included: what Step Functions bills. */
  readonly stateTransitions: Count;
  readonly awsCalls: Count;
}

export const noCounts: Readonly<Record<keyof Counts, 0>> = {
  invocations: 0,
  events: 0,
  stateTransitions: 0,
  awsCalls: 0,
};
