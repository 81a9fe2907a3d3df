import { AwsError, UnknownFeature } from "../../errors.ts";

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
  #reserved = 0;
  #unreservedRunning = 0;

  constructor(limit = 1000) {
    this.#limit = limit;
  }

  /**
   * @param reservation undefined for none
   * @throws AwsError InvalidParameterValueException where too little would be left to the other functions
   * @throws UnknownFeature for a reservation that is given or taken while the function runs
   */
  reserve(functionName: string, reservation: number | undefined): void {
    const isReserved = this.#reservations.has(functionName);
    if (reservation === undefined && !isReserved) return;
    if (isReserved !== (reservation !== undefined) && this.#running.get(functionName)) {
      throw new UnknownFeature("a reservation of concurrency that comes or goes while a function runs", functionName);
    }
    if (reservation === undefined) {
      this.#reserved -= this.#reservations.get(functionName)!;
      this.#reservations.delete(functionName);
      return;
    }
    const reserved = this.#reserved - (this.#reservations.get(functionName) ?? 0) + reservation;
    if (this.#limit - reserved < minimumUnreserved) {
      throw new AwsError(
        "InvalidParameterValueException",
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
          `below its minimum value of [${minimumUnreserved}].`,
      );
    }
    this.#reserved = reserved;
    this.#reservations.set(functionName, reservation);
  }

  /** Without reservations. Not while a function runs. */
  clear(): void {
    this.#reservations.clear();
    this.#reserved = 0;
  }

  /** @throws AwsError TooManyRequestsException where one more invocation is too many */
  enter(functionName: string): void {
    const running = this.#running.get(functionName) ?? 0;
    const reservation = this.#reservations.get(functionName);
    if (reservation !== undefined) {
      if (running >= reservation) throw throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
    } else {
      if (this.#unreservedRunning >= this.#limit - this.#reserved) throw throttled("ConcurrentInvocationLimitExceeded");
      this.#unreservedRunning += 1;
    }
    this.#running.set(functionName, running + 1);
  }

  leave(functionName: string): void {
    this.#running.set(functionName, this.#running.get(functionName)! - 1);
    if (!this.#reservations.has(functionName)) this.#unreservedRunning -= 1;
  }
}

export const throttled = (reason: string) =>
  new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, { Reason: reason, Type: "User" });
