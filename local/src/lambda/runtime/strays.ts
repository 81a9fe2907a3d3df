import { AsyncLocalStorage } from "node:async_hooks";

/** Takes what code threw or rejected where nobody waits for it. */
export interface Stray {
  uncaught(error: unknown): void;
  unhandledRejection(reason: unknown): void;
}

const owners = new AsyncLocalStorage<Stray>();

/**
 * Runs code of an execution environment. What it leads to, through any number of promises and callbacks, is told to
 * `owner` where it fails unheard, instead of ending the process.
 */
export function runFor<Result>(owner: Stray, code: () => Result): Result {
  listen();
  return owners.run(owner, code);
}

let listening = false;

/**
 * A listener could not keep other listeners from hearing, nor tell Node that somebody else's failure is not
 * handled.
 */
function listen(): void {
  if (listening) return;
  listening = true;
  const emit = process.emit.bind(process) as (...event: unknown[]) => boolean;
  const emitUnlessStray = (...event: unknown[]): boolean => {
    const [name, error] = event;
    if (name !== "uncaughtException" && name !== "unhandledRejection") return emit(...event);
    const owner = owners.getStore();
    if (!owner) return emit(...event);
    // What the owner does about it belongs to nobody's code.
    owners.exit(() => (name === "uncaughtException" ? owner.uncaught(error) : owner.unhandledRejection(error)));
    return true;
  };
  process.emit = emitUnlessStray as typeof process.emit;
}
