import { setInterval as every, setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Ended, type Supervision, supervision, underWay } from "./watch.ts";

/** What a supervised thread finds as its `workerData`. */
export interface SupervisedData<Data> {
  readonly data: Data;
  /** For the `Watch` of the clouds that the thread opens. */
  readonly supervision: Supervision;
}

export interface SupervisedThreadOptions<Data> {
  /** Answers each message by one, always alike for the same messages. */
  readonly script: URL;
  readonly data: Data;
  /**
   * Milliseconds of its thread's own CPU after which a handler that has not given back control is ended, so that a busy
   * machine ends nobody; 10,000 if not given.
   */
  readonly stallMs?: number;
  /** Of objects that stay; 256 if not given. Those that come and go have 24 more. */
  readonly heapMegabytes?: number;
}

/** What the supervisor hears of its thread. */
type News<Answer> = { readonly answer: Answer } | { readonly error: unknown } | { readonly ended: Ended };

/**
 * A thread that runs clouds, watched from outside. Where a handler loops for ever or fills the memory, the thread is
 * ended, and the run is repeated from its start with that handler timed out, or out of memory, where it was.
 */
export class SupervisedThread<Data, Message, Answer> {
  readonly #options: SupervisedThreadOptions<Data>;
  /** What a repetition asks again. */
  #messages: Message[] = [];
  readonly #ended = new Map<number, Ended>();
  /** By function. A repetition costs the whole run, so each gets one. */
  readonly #stopped = new Map<string, Ended>();
  #supervision: Supervision;
  #thread: Worker;
  #tell: (event: News<Answer>) => void = () => {};
  #broken: News<Answer> | undefined;

  constructor(options: SupervisedThreadOptions<Data>) {
    this.#options = options;
    this.#supervision = supervision(this.#ended);
    this.#thread = this.#start();
  }

  /**
   * One message at a time.
   * @throws what ended the thread, or an error that names a function that had to be stopped a second time
   */
  async ask(message: Message): Promise<Answer> {
    this.#messages.push(message);
    this.#thread.postMessage(message);
    for (;;) {
      const event = this.#broken ?? (await this.#next());
      if ("answer" in event) return event.answer;
      if ("error" in event) throw event.error;
      await this.#repeat(event.ended);
    }
  }

  /**
   * The same with a message that makes all clouds of the thread as new, and has their watch start over, unless the
   * thread has only begun. A repetition begins with it, so what came before is forgotten.
   */
  async askAnew(message: Message): Promise<Answer> {
    this.#messages = [];
    this.#ended.clear();
    return this.ask(message);
  }

  /** Whoever still waits for an answer hears that there will be none: a thread that was closed is not repeated. */
  async close(): Promise<void> {
    this.#tell((this.#broken = { error: new Error("the thread was closed before it answered") }));
    await this.#thread.terminate();
  }

  /** Starts the run, message by message; what was answered before is answered once more, and dropped. */
  #start(): Worker {
    const { script, data, heapMegabytes = 256 } = this.#options;
    const thread = new Worker(script, {
      workerData: { data, supervision: this.#supervision } satisfies SupervisedData<Data>,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 24 },
    });
    // Those before the last were answered already.
    const again = this.#messages.slice(1);
    thread.on("message", (answer: Answer) => {
      const message = again.shift();
      if (message === undefined) this.#tell({ answer });
      else thread.postMessage(message);
    });
    // Heard by whoever asks, now or next.
    thread.on("error", (error) => this.#tell((this.#broken = this.#asEvent(error))));
    if (this.#messages.length > 0) thread.postMessage(this.#messages[0]);
    return thread;
  }

  #asEvent(error: unknown): News<Answer> {
    const outOfMemory = (error as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
    return outOfMemory && underWay(this.#supervision).entry > 0 ? { ended: "out of memory" } : { error };
  }

  async #next(): Promise<News<Answer>> {
    const told = new AbortController();
    try {
      const event = new Promise<News<Answer>>((resolve) => (this.#tell = resolve));
      return await Promise.race([event, this.#stall(told.signal)]);
    } finally {
      told.abort();
    }
  }

  async #stall(signal: AbortSignal): Promise<News<Answer>> {
    const { stallMs = 10_000 } = this.#options;
    const everyMs = stallMs / 4;
    let { entry } = underWay(this.#supervision);
    let cpuMs = 0;
    let spentMs = 0;
    for await (const _ of every(everyMs, undefined, { signal })) {
      const before = { entry, cpuMs };
      cpuMs = (await this.#cpuMs(everyMs)) ?? cpuMs + everyMs;
      ({ entry } = underWay(this.#supervision));
      spentMs = entry > 0 && entry === before.entry ? spentMs + cpuMs - before.cpuMs : 0;
      if (spentMs >= stallMs) return { ended: "timed out" };
    }
    throw new Error("a timer ended by itself");
  }

  /** Of the thread itself; nothing where it is not there yet, or does not answer in time since it is in native code. */
  async #cpuMs(withinMs: number): Promise<number | undefined> {
    const asked = this.#thread.cpuUsage().catch(() => undefined);
    const usage = await Promise.race([asked, after(withinMs, undefined, { ref: false })]);
    return usage && (usage.user + usage.system) / 1000;
  }

  async #repeat(how: Ended): Promise<void> {
    const { entry, functionName } = underWay(this.#supervision);
    await this.#thread.terminate();
    const before = this.#stopped.get(functionName);
    if (before) throw new Error(`the function ${functionName} had to be stopped twice: ${before}, then ${how}`);
    this.#stopped.set(functionName, how);
    this.#ended.set(entry, how);
    this.#supervision = supervision(this.#ended);
    this.#broken = undefined;
    this.#thread = this.#start();
  }
}
