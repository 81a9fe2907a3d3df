import { AwsError } from "../../errors.ts";

/** Lambda leaves at least this much to functions without a reservation. */
const minimumUnreserved = 100;

/**
 * How many invocations may run at once in the region: a reservation is a function's own, and its limit; the rest is
 * shared. https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export class Concurrency {
  readonly #limit: number;
  readonly #reservations = new Map<string, number>();
  readonly #running = new Map<string, number>();

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  /**
   * @param reservation undefined for none
   * @throws AwsError InvalidParameterValueException where too little would be left to the other functions
   */
  reserve(functionName: string, reservation: number | undefined): void {
    if (reservation === undefined) {
      this.#reservations.delete(functionName);
      return;
    }
    const others = this.#unreserved + (this.#reservations.get(functionName) ?? 0);
    if (others - reservation < minimumUnreserved) {
      throw new AwsError(
        "InvalidParameterValueException",
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
          `below its minimum value of [${minimumUnreserved}].`,
      );
    }
    this.#reservations.set(functionName, reservation);
  }

  /** Forgets the reservations. */
  clear(): void {
    this.#reservations.clear();
  }

  /** Nothing runs any more. */
  leaveAll(): void {
    this.#running.clear();
  }

  /** @throws AwsError TooManyRequestsException where one more invocation is too many */
  enter(functionName: string): void {
    const running = this.#running.get(functionName) ?? 0;
    const reservation = this.#reservations.get(functionName);
    if (reservation !== undefined) {
      if (running >= reservation) throw throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
    } else if (this.#unreservedRunning >= this.#unreserved) throw throttled("ConcurrentInvocationLimitExceeded");
    this.#running.set(functionName, running + 1);
  }

  leave(functionName: string): void {
    this.#running.set(functionName, this.#running.get(functionName)! - 1);
  }

  /** How many may run of the functions without a reservation. */
  get #unreserved(): number {
    let left = this.#limit;
    for (const reservation of this.#reservations.values()) left -= reservation;
    return left;
  }

  get #unreservedRunning(): number {
    let all = 0;
    for (const [name, running] of this.#running) if (!this.#reservations.has(name)) all += running;
    return all;
  }
}

export const throttled = (reason: string) =>
  new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, { Reason: reason, Type: "User" });
