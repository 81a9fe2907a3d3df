import { promisify } from "node:util";
import { refusal, type Refuse } from "./refusing.ts";
import type { Timers } from "./timers.ts";

interface WaitOptions {
  readonly signal?: AbortSignal;
}

/** `node:timers` and `node:timers/promises` over an environment's virtual timers. */
export function timersModules(timers: Timers, refuse: Refuse): { timers: object; promises: object } {
  const wait = <Value>(delayMs?: number, value?: Value, { signal }: WaitOptions = {}): Promise<Value | undefined> =>
    waited((fire) => timers.setTimeout(fire, delayMs), value, signal);
  const waitImmediate = <Value>(value?: Value, { signal }: WaitOptions = {}): Promise<Value | undefined> =>
    waited((fire) => timers.setImmediate(fire), value, signal);
  const promises = {
    setTimeout: wait,
    setImmediate: waitImmediate,
    setInterval: refusal(refuse, "timers/promises.setInterval"),
    scheduler: { wait: (delayMs?: number, options?: WaitOptions) => wait(delayMs, undefined, options) },
  };
  return {
    promises,
    timers: {
      setTimeout: Object.assign(timers.setTimeout, { [promisify.custom]: wait }),
      clearTimeout: timers.clear,
      setInterval: timers.setInterval,
      clearInterval: timers.clear,
      setImmediate: Object.assign(timers.setImmediate, { [promisify.custom]: waitImmediate }),
      clearImmediate: timers.clear,
      promises,
    },
  };

  /** Until a timer fires. Once its signal is aborted the timer is none. */
  function waited<Value>(
    start: (fire: () => void) => unknown,
    value: Value | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Value | undefined> {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    return new Promise((resolve, reject) => {
      const abort = () => {
        timers.clear(timer);
        reject(aborted(signal!));
      };
      const timer = start(() => {
        signal?.removeEventListener("abort", abort);
        resolve(value);
      });
      signal?.addEventListener("abort", abort, { once: true });
    });
  }
}

/** Node's error: https://nodejs.org/api/errors.html#abort_err (2026-11-21) */
const aborted = ({ reason }: AbortSignal): Error =>
  Object.assign(new Error("The operation was aborted", { cause: reason }), { name: "AbortError", code: "ABORT_ERR" });
