import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Listener } from "./listener.ts";

const folder = new URL("listeners/", import.meta.url);

/** Every listener, by the name of its folder. Whatever folder has a `listener.ts` is found: no list names them. */
export const listeners: ReadonlyMap<string, Listener> = new Map(
  await Promise.all(
    readdirSync(folder)
      .filter((name) => existsSync(new URL(`${name}/listener.ts`, folder)))
      .toSorted()
      .map(async (name) => {
        const { listener } = (await import(new URL(`${name}/listener.ts`, folder).href)) as { listener: Listener };
        return [name, listener] as const;
      }),
  ),
);

/** The entries of their bundles: a listener has none that is a state machine without functions. */
export const listenerEntries: readonly string[] = [...listeners.keys()]
  .map((name) => fileURLToPath(new URL(`${name}/handler.ts`, folder)))
  .filter((file) => existsSync(file));
