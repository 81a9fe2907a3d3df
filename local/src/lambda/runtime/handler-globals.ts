import type { Clock } from "../../clock.ts";
import type { Chance } from "./chance.ts";
import type { Realm } from "./realm.ts";
import { refusal, type Refuse } from "./refusing.ts";
import type { Timers } from "./timers.ts";

/** What Node adds to JavaScript's own globals, as far as it answers from its arguments alone. */
const nodeGlobals = (
  "AbortController Buffer CustomEvent DOMException Event EventTarget TextDecoder TextEncoder URL URLPattern " +
  "URLSearchParams atob btoa queueMicrotask structuredClone"
).split(" ");

/** Those of them that Node loads when they are first looked at, which takes longer than all of the cloud's own code. */
const lateGlobals = (
  "ByteLengthQueuingStrategy CountQueuingStrategy FormData Headers MessageEvent ReadableByteStreamController " +
  "ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController " +
  "ReadableStreamDefaultReader Request Response TextDecoderStream TextEncoderStream TransformStream " +
  "TransformStreamDefaultController WritableStream WritableStreamDefaultController WritableStreamDefaultWriter"
).split(" ");

/** Globals that reach out of the process or wait for what the clock does not see. */
const outside = [
  "Blob",
  "BroadcastChannel",
  "CompressionStream",
  "DecompressionStream",
  "EventSource",
  "File",
  "MessageChannel",
  "WebSocket",
  "fetch",
];

/** A name whose value is computed when it is read, such as `Headers`, costs what it costs only where it is used. */
const processGlobals: PropertyDescriptorMap = Object.fromEntries([
  ...nodeGlobals.flatMap((name) => {
    const descriptor = Object.getOwnPropertyDescriptor(globalThis, name);
    if (!descriptor) return [];
    return [[name, descriptor.get ? readThrough(name) : { ...descriptor, configurable: true, writable: true }]];
  }),
  ...lateGlobals.map((name) => [name, readThrough(name)]),
]);

function readThrough(name: string): PropertyDescriptor {
  const become = (globals: object, value: unknown): unknown => {
    Object.defineProperty(globals, name, { value, configurable: true, enumerable: true, writable: true });
    return value;
  };
  return {
    configurable: true,
    get(this: object) {
      return become(this, Reflect.get(globalThis, name));
    },
    set(this: object, value: unknown) {
      become(this, value);
    },
  };
}

/** The same on every machine. */
const navigator = { hardwareConcurrency: 2, language: "en-US", languages: ["en-US"], platform: "linux" };

/** `performance` in virtual time, counted from the start of the environment. */
export function virtualPerformance(clock: Clock): object {
  const timeOrigin = clock.nowMs;
  return { timeOrigin, now: () => clock.nowMs - timeOrigin, toJSON: () => ({ timeOrigin }) };
}

/** Puts Node's globals into a realm: in virtual time, with repeatable chance, and no way out of the process. */
export function installGlobals(
  realm: Realm,
  parts: {
    process: NodeJS.Process;
    console: Console;
    performance: object;
    chance: Chance;
    timers: Timers;
    refuse: Refuse;
  },
): void {
  const { process, console, performance, chance, timers, refuse } = parts;
  const own: Record<string, unknown> = {
    ...Object.fromEntries(outside.map((name) => [name, refusal(refuse, name)])),
    process,
    console,
    performance,
    navigator: realm.object(navigator),
    crypto: realm.object(chance.webCrypto(refuse)),
    AbortSignal: virtualAbortSignal(timers),
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clear,
    setInterval: timers.setInterval,
    clearInterval: timers.clear,
    setImmediate: timers.setImmediate,
    clearImmediate: timers.clear,
  };
  Object.defineProperties(realm.globals, processGlobals);
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(realm.globals, name, { value, configurable: true, writable: true });
  }
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
