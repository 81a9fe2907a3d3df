/**
 * How much an Express execution may do at one instant: a state that is entered counts 1, an attempt of a task 10, an
 * evaluation of JSONata 10 and 1 for each five of its steps. What does more is taken to loop until its time is over.
 */
export const mostOfThread = 30_000;
export const mostOfExecution = 10 * mostOfThread;

export const taskEffort = 10;

/** What was done since virtual time last moved. */
export class Effort {
  #atMs = NaN;
  #sum = 0;

  /** @returns the sum with what is added */
  add(effort: number, nowMs: number): number {
    this.#sum = nowMs === this.#atMs ? this.#sum + effort : effort;
    this.#atMs = nowMs;
    return this.#sum;
  }
}
