import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Job, Judged, Told } from "./ask.ts";

/** How long a story may take, in milliseconds of the thread's silence. */
const longestSilenceMs = 180_000;
/** How long a thread may take to give up what nobody waits for any more, in milliseconds. */
const graceMs = 1_000;
/** Each copy leaves 20 MB of modules behind: after so many a thread begins anew. */
const mostCopies = 25;

/** What a thread judged, up to where it is decided; or what ended it. */
type Side = readonly Judged[] | { readonly error: string };

/** A thread that lives copy after copy. While nothing is asked of it, it keeps no process from ending. */
export class Resident {
  /** How often its thread was given something to live. */
  given = 0;
  /** What was judged of the source that it was given last, by what was asked. */
  #kept: { readonly source: string; readonly sides: Map<string, readonly Judged[]> } | undefined;
  #worker: Worker | undefined;
  #copies = 0;
  /** Settles once the thread is through with what it was given last. */
  #through: PromiseWithResolvers<void> | undefined;

  async live(job: Job, signal?: AbortSignal): Promise<Side> {
    const [asked, { source, limit }] = [JSON.stringify(job.asked), job];
    if (this.#kept?.source !== source) this.#kept = { source, sides: new Map() };
    const { sides } = this.#kept;
    const known = sides.get(asked);
    if (known) {
      if (known.at(-1)?.broken) lower(limit, known.length);
      return known;
    }
    await this.#beFree();
    if (signal?.aborted) return { error: "interrupted" };
    const side = await new Promise<Side>((resolve) => this.#give(job, resolve, signal));
    // Where the other side was broken first, this one was not lived to its end.
    if (!("error" in side) && (side.at(-1)?.broken || Atomics.load(limit, 0) > side.length)) sides.set(asked, side);
    return side;
  }

  async #beFree(): Promise<void> {
    const through = this.#through;
    if (through) await Promise.race([through.promise, pause(graceMs, undefined, { ref: false })]);
    if ((through && this.#through === through) || this.#copies === mostCopies) this.#end();
  }

  #give(job: Job, resolve: (side: Side) => void, signal: AbortSignal | undefined): void {
    const { limit } = job;
    const judged: Judged[] = [];
    const worker = (this.#worker ??= new Worker(new URL("thread.ts", import.meta.url), { execArgv: [] }));
    this.#copies += 1;
    this.given += 1;
    this.#through = Promise.withResolvers();
    worker.ref();
    const fail = (error: string): void => {
      this.#end();
      resolve({ error });
    };
    const why = "a handler did not give back control for three minutes: does it wait in a loop?";
    const silence = setTimeout(() => fail(why), longestSilenceMs).unref();
    const stop = (): void => {
      Atomics.store(limit, 0, 0);
      resolve({ error: "interrupted" });
    };
    signal?.addEventListener("abort", stop, { once: true });
    const settle = (side: Side): void => {
      signal?.removeEventListener("abort", stop);
      // The thread may be on its way to the end of a story that nobody waits for.
      resolve("error" in side ? side : [...side]);
    };
    for (const event of ["message", "error"] as const) worker.removeAllListeners(event);
    worker.on("error", (error) => fail((error as Error).stack ?? String(error)));
    worker.on("message", (told: Told) => {
      silence.refresh();
      const story = "judged" in told ? told.judged : "endless" in told ? told.endless : undefined;
      if (story) {
        judged.push(story);
        // Once a story is broken, the other side need not go further.
        if (story.broken) lower(limit, judged.length);
        if (judged.length >= Atomics.load(limit, 0)) settle(judged);
      } else {
        clearTimeout(silence);
        worker.unref();
        this.#through?.resolve();
        this.#through = undefined;
        settle("error" in told ? told : judged);
      }
      if ("endless" in told) this.#end();
    });
    worker.postMessage(job);
  }

  #end(): void {
    void this.#worker?.removeAllListeners("message").terminate();
    this.#worker = undefined;
    this.#copies = 0;
    this.#through = undefined;
  }
}

const lower = (limit: Int32Array, to: number): void => {
  Atomics.store(limit, 0, Math.min(Atomics.load(limit, 0), to));
};
