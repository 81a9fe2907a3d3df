import type { About } from "../../agenda.ts";
import type { Clock, Timer } from "../../clock.ts";

/** What `setTimeout` gives back on Node. */
export class Timeout {
  readonly #timers: Timers;
  readonly callback: () => void;
  readonly delayMs: number;
  readonly repeats: boolean;
  readonly number: number;
  dueMs = 0;
  scheduled: Timer | undefined;

  constructor(timers: Timers, number: number, callback: () => void, delayMs: number, repeats: boolean) {
    this.#timers = timers;
    this.number = number;
    this.callback = callback;
    this.delayMs = delayMs;
    this.repeats = repeats;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.#timers.clear(this);
    this.#timers.start(this);
    return this;
  }

  close(): this {
    this.#timers.clear(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.number;
  }

  [Symbol.dispose](): void {
    this.#timers.clear(this);
  }
}

/**
 * The timers of one execution environment, in virtual time. Between invocations the environment is frozen: its timers
 * stand still, and those that fell due meanwhile fire when it is thawed.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class Timers {
  readonly #clock: Clock;
  readonly #enter: (callback: () => void) => void;
  readonly #about: () => About;
  readonly #pending = new Map<number, Timeout>();
  #count = 0;
  #frozen = false;

  /**
   * @param enter runs a callback as code of the environment, and takes what it throws
   * @param about whose they are, for a conductor
   */
  constructor(clock: Clock, enter: (callback: () => void) => void, about: () => About) {
    this.#clock = clock;
    this.#enter = enter;
    this.#about = about;
  }

  get pending(): boolean {
    return this.#pending.size > 0;
  }

  readonly setTimeout = (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): Timeout =>
    this.#create(callback, atLeast1(delayMs), false, args);

  readonly setInterval = (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): Timeout =>
    this.#create(callback, atLeast1(delayMs), true, args);

  readonly setImmediate = (callback: (...args: unknown[]) => void, ...args: unknown[]): Timeout =>
    this.#create(callback, 0, false, args);

  readonly clear = (timeout: unknown): void => {
    const found = timeout instanceof Timeout ? timeout : this.#pending.get(Number(timeout));
    if (!found) return;
    found.scheduled?.cancel();
    found.scheduled = undefined;
    this.#pending.delete(found.number);
  };

  start(timeout: Timeout): void {
    timeout.dueMs = this.#clock.nowMs + timeout.delayMs;
    this.#pending.set(timeout.number, timeout);
    if (!this.#frozen) this.#schedule(timeout);
  }

  freeze(): void {
    this.#frozen = true;
    for (const timeout of this.#pending.values()) timeout.scheduled?.cancel();
  }

  thaw(): void {
    this.#frozen = false;
    for (const timeout of this.#pending.values()) this.#schedule(timeout);
  }

  /** For good: the environment is gone. */
  discard(): void {
    this.freeze();
    this.#pending.clear();
  }

  #create(callback: (...args: unknown[]) => void, delayMs: number, repeats: boolean, args: unknown[]): Timeout {
    if (typeof callback !== "function") {
      throw Object.assign(new TypeError('The "callback" argument must be of type function'), {
        code: "ERR_INVALID_ARG_TYPE",
      });
    }
    const timeout = new Timeout(this, (this.#count += 1), () => callback(...args), delayMs, repeats);
    this.start(timeout);
    return timeout;
  }

  #schedule(timeout: Timeout): void {
    const delayMs = Math.max(0, timeout.dueMs - this.#clock.nowMs);
    timeout.scheduled = this.#clock.schedule(delayMs, () => this.#fire(timeout), this.#about);
  }

  #fire(timeout: Timeout): void {
    if (timeout.repeats) this.start(timeout);
    else this.#pending.delete(timeout.number);
    this.#enter(timeout.callback);
  }
}

/** Node's rule: a delay that is less than 1 ms, more than 2^31 - 1 ms, or no number is 1 ms. */
const atLeast1 = (delayMs: unknown): number => {
  const delay = Math.trunc(Number(delayMs));
  return delay >= 1 && delay <= 2_147_483_647 ? delay : 1;
};
