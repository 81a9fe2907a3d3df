import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { buildChanged, type Change } from "./build.ts";
import type { Answer, Question, Said } from "./trial.ts";

/** What a build came to. */
export interface Trial {
  readonly said: readonly Said[];
  /** The first behaviour that went wrong or did not end, and what was seen; neither where all was well. */
  readonly killedBy?: string;
  readonly why?: string | undefined;
}

/** How long a behaviour may take, in milliseconds of CPU time, by its name. */
export type Limit = (behaviour: string) => number;

/** After so many builds a thread has loaded enough. */
const buildsOfThread = 40;

/** Tries builds, one at a time, in a thread that ends with what hangs in it. */
export class Bench {
  #thread: Worker | undefined;
  #builds = 0;

  /** @param known what is wrong without any change; without it, every behaviour says all that is wrong */
  async try(change: Change | undefined, limit: Limit, known?: readonly string[]): Promise<Trial> {
    const folder = mkdtempSync(join(tmpdir(), "mutant-"));
    try {
      const module = await buildChanged(folder, change);
      return await this.#ask({ module, ...(known && { known }) }, limit);
    } catch (error) {
      return { said: [], killedBy: "build", why: (error as Error).message.split("\n")[1] ?? String(error) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
    this.#builds = 0;
  }

  async #ask(question: Question, limit: Limit): Promise<Trial> {
    if ((this.#builds += 1) > buildsOfThread) await this.close();
    const thread = (this.#thread ??= new Worker(new URL("trial.ts", import.meta.url), {
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 2_048 },
    }));
    const said: Said[] = [];
    const watch = new CpuWatch(thread, limit);
    const ended = await new Promise<"well" | "spoiled" | "overdue" | Error>((resolve) => {
      watch.overdue = () => resolve("overdue");
      thread.on("error", resolve).on("message", (answer: Answer) => {
        if ("done" in answer) resolve(answer.done);
        else if ("begins" in answer) watch.begin(answer.begins);
        else said.push(answer);
      });
      thread.postMessage(question);
    });
    watch.stop();
    thread.removeAllListeners("message").removeAllListeners("error");
    const found = said.find(({ wrong }) => wrong.length > 0);
    if (ended !== "well") await this.close();
    if (found) return { said, killedBy: found.behaviour, why: found.wrong[0] };
    if (ended === "well") return { said };
    return { said, killedBy: watch.behaviour, why: ended instanceof Error ? ended.message : "did not come to an end" };
  }
}

/** Looks after the CPU time of a thread: other than real time, it is the same on a busy machine. */
class CpuWatch {
  behaviour = "load";
  overdue: () => void = () => {};
  readonly #thread: Worker;
  readonly #timer: NodeJS.Timeout;
  #beganMs: number | undefined;

  constructor(thread: Worker, limit: Limit) {
    this.#thread = thread;
    this.#timer = setInterval(() => {
      void this.#usedMs().then((usedMs) => {
        this.#beganMs ??= usedMs;
        if (usedMs - this.#beganMs > limit(this.behaviour)) this.overdue();
      });
    }, 1_000);
  }

  begin(behaviour: string): void {
    this.behaviour = behaviour;
    this.#beganMs = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Nothing of a thread that has ended. */
  #usedMs(): Promise<number> {
    return this.#thread.cpuUsage().then(
      ({ user, system }) => (user + system) / 1000,
      () => 0,
    );
  }
}
