import { Worker } from "node:worker_threads";
import type { Answer, Question, Survey, Verdict } from "./trial.ts";

/** How long a part may take, in milliseconds of CPU time, by its behaviour's name and its own. */
export type Limit = (part: string) => number;

/** What part of its heap a thread may have used before it tries another mutant: nearly full, it only collects. */
const mostUsed = 0.6;

/** Tries mutants, one at a time, in a thread that ends with what hangs in it. */
export class Bench {
  #thread: Worker | undefined;
  #questions = 0;
  readonly #everyMs: number;
  readonly #maxOldGenerationSizeMb: number;

  /**
   * @param everyMs after how much real time, in milliseconds, the thread's CPU time is looked at again
   * @param megabytes of the thread's heap
   */
  constructor(everyMs = 1_000, megabytes = 2_048) {
    this.#everyMs = everyMs;
    this.#maxOldGenerationSizeMb = megabytes;
  }

  /** @throws Error where the source as it is does not come to an end */
  async survey(module: string, behaviours: readonly string[]): Promise<Survey> {
    const ended = await this.#ask({ module, survey: behaviours }, () => Infinity);
    if (!("survey" in ended)) throw new Error(`${ended.killedBy}: ${ended.why}`);
    return ended.survey;
  }

  async try(question: Extract<Question, { active: unknown }>, limit: Limit): Promise<Verdict> {
    if (await this.#isNearlyFull()) await this.close();
    const ended = await this.#ask(question, limit);
    if ("survey" in ended) throw new Error("a mutant was asked for, and a survey came");
    const { isSpoiled, isFull, ...verdict } = ended;
    // Others may have filled the thread: only what fills one of its own is killed by that.
    const isTriedAgain = isFull && this.#questions > 1;
    if (isSpoiled) await this.close();
    return isTriedAgain ? this.try(question, limit) : verdict;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
    this.#questions = 0;
  }

  /** Each module that is loaded anew stays in the thread. */
  async #isNearlyFull(): Promise<boolean> {
    if (!this.#thread) return false;
    const { used_heap_size: used, heap_size_limit: limit } = await this.#thread.getHeapStatistics();
    return used > mostUsed * limit;
  }

  async #ask(question: Question, limit: Limit): Promise<Exclude<Answer, { begins: string }>> {
    this.#questions += 1;
    const thread = (this.#thread ??= new Worker(new URL("trial.ts", import.meta.url), {
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: this.#maxOldGenerationSizeMb },
    }));
    const watch = new CpuWatch(thread, limit, this.#everyMs);
    const broken = (why: string) => ({ killedBy: watch.part, why, isSpoiled: true }) as const;
    const ended = await new Promise<Exclude<Answer, { begins: string }>>((resolve) => {
      watch.overdue = () => resolve(broken("did not come to an end"));
      thread
        .on("error", ({ message, code }: NodeJS.ErrnoException) =>
          resolve({ ...broken(message), isFull: code === "ERR_WORKER_OUT_OF_MEMORY" }),
        )
        .on("message", (answer: Answer) => {
          if ("begins" in answer) watch.begin(answer.begins);
          else resolve(answer);
        });
      thread.postMessage(question);
    });
    watch.stop();
    thread.removeAllListeners("message").removeAllListeners("error");
    return ended;
  }
}

/** Looks after the CPU time of a thread: other than real time, it is the same on a busy machine. */
class CpuWatch {
  part = "load";
  overdue: () => void = () => {};
  readonly #thread: Worker;
  readonly #timer: NodeJS.Timeout;
  #beganMs: number | undefined;

  constructor(thread: Worker, limit: Limit, everyMs: number) {
    this.#thread = thread;
    this.#timer = setInterval(() => {
      const { part } = this;
      void this.#usedMs().then((usedMs) => {
        // Another part may have begun meanwhile.
        if (part !== this.part) return;
        this.#beganMs ??= usedMs;
        if (usedMs - this.#beganMs > limit(part)) this.overdue();
      });
    }, everyMs);
  }

  begin(part: string): void {
    this.part = part;
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
