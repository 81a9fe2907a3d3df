import type { Clock } from "../../clock.ts";
import type { Chance } from "./chance.ts";
import { refusal, type Refuse } from "./refusing.ts";
import type { Timers } from "./timers.ts";

/** The process's own globals: what is computed when read, such as `navigator`, is read where it belongs. */
const processGlobals: object = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(globalThis)).map(([name, descriptor]) => [
      name,
      descriptor.get ? readThrough(name) : { ...descriptor, configurable: true, writable: true },
    ]),
  ),
);

function readThrough(name: string): PropertyDescriptor {
  return {
    configurable: true,
    get: () => Reflect.get(globalThis, name) as unknown,
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
    },
  };
}

/** Globals that reach out of the process or wait for what the clock does not see. */
const outside = ["fetch", "WebSocket", "EventSource", "BroadcastChannel", "MessageChannel"];

/** `performance` in virtual time, counted from the start of the environment. */
export function virtualPerformance(clock: Clock): object {
  const timeOrigin = clock.nowMs;
  return { timeOrigin, now: () => clock.nowMs - timeOrigin, toJSON: () => ({ timeOrigin }) };
}

/**
 * What a handler's code finds under global names, bare and as members of `globalThis`. What it writes to `globalThis`
 * stays in its environment.
 */
export function handlerGlobals(parts: {
  process: NodeJS.Process;
  console: Console;
  date: DateConstructor;
  performance: object;
  chance: Chance;
  timers: Timers;
  refuse: Refuse;
}): Record<string, unknown> {
  const { process, console, date, performance, chance, timers, refuse } = parts;
  const own: Record<string, unknown> = {
    ...Object.fromEntries(outside.map((name) => [name, refusal(refuse, name)])),
    process,
    console,
    Date: date,
    Math: chance.math,
    performance,
    crypto: chance.webCrypto(refuse),
    AbortSignal: virtualAbortSignal(timers),
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clear,
    setInterval: timers.setInterval,
    clearInterval: timers.clear,
    setImmediate: timers.setImmediate,
    clearImmediate: timers.clear,
  };
  const globalObject = Object.create(processGlobals, Object.getOwnPropertyDescriptors(own)) as Record<string, unknown>;
  globalObject["globalThis"] = globalObject;
  globalObject["global"] = globalObject;
  return { ...own, globalThis: globalObject, global: globalObject };
}

/** `AbortSignal` whose `timeout` counts virtual time. */
function virtualAbortSignal(timers: Timers): typeof AbortSignal {
  const timeout = (delayMs: number): AbortSignal => {
    const controller = new AbortController();
    timers.setTimeout(() => controller.abort(timeoutReason()), delayMs);
    return controller.signal;
  };
  return new Proxy(AbortSignal, {
    get: (target, name) => (name === "timeout" ? timeout : Reflect.get(target, name)),
  });
}

const timeoutReason = () => new DOMException("The operation was aborted due to timeout", "TimeoutError");
