import { promisify } from "node:util";
import { refusal, type Refuse } from "./refusing.ts";
import type { Timers } from "./timers.ts";

/** `node:timers` and `node:timers/promises` over an environment's virtual timers. */
export function timersModules(timers: Timers, refuse: Refuse): { timers: object; promises: object } {
  const wait = <Value>(delayMs?: number, value?: Value): Promise<Value | undefined> =>
    new Promise((resolve) => {
      timers.setTimeout(() => resolve(value), delayMs);
    });
  const promises = {
    setTimeout: wait,
    setImmediate: <Value>(value?: Value): Promise<Value | undefined> =>
      new Promise((resolve) => {
        timers.setImmediate(() => resolve(value));
      }),
    setInterval: refusal(refuse, "timers/promises.setInterval"),
    scheduler: { wait },
  };
  return {
    promises,
    timers: {
      setTimeout: Object.assign(timers.setTimeout, { [promisify.custom]: wait }),
      clearTimeout: timers.clear,
      setInterval: timers.setInterval,
      clearInterval: timers.clear,
      setImmediate: Object.assign(timers.setImmediate, { [promisify.custom]: promises.setImmediate }),
      clearImmediate: timers.clear,
      promises,
    },
  };
}
