import type { About, Agenda } from "./agenda.ts";
import type { Choices } from "./choices.ts";
import { DueTasks, type Scheduled } from "./due-tasks.ts";

/** A task due at a virtual time. Cancelling a timer that has fired does nothing. */
export interface Timer {
  cancel(): void;
}

/** What services see of time: virtual milliseconds since 1970, and a way to do something later. */
export interface Clock {
  readonly nowMs: number;
  /**
   * Runs `task` once, `delayMs` (0 or more, finite) virtual milliseconds from now, never before this call returns.
   * @param about what it does, for a conductor
   */
  schedule(delayMs: number, task: () => void, about?: () => About): Timer;
  /** The same for what comes again and again, such as a tick of a schedule: a run does not go on for it alone. */
  scheduleInBackground(delayMs: number, task: () => void): Timer;
  /**
   * Runs `task` once, now, as part of something that is under way, such as the answer to a call of a running handler:
   * it comes before what is scheduled for now and has not begun.
   */
  goOn(task: () => void, about?: () => About): void;
}

/** Something that runs beside the clock, such as handlers between two AWS calls. */
export interface Activity {
  runBegins(): void;
  /** @throws what makes the run worth nothing */
  runEnds(): void;
  /**
   * Asked when everything that could run without the clock has run: ends what waits for nothing that could still come.
   * @returns whether anything was ended
   */
  endStuck(): boolean;
}

/**
 * Virtual time for a whole cloud. What is under way goes on before anything begins, and tasks due at the same instant
 * begin in the order they were scheduled, unless `choices` says otherwise; time jumps to the next due task only when
 * nothing is left to do now.
 */
export class VirtualClock implements Clock {
  nowMs: number;
  readonly #choices: Choices;
  readonly #startMs: number;
  readonly #later = new DueTasks();
  readonly #activities: Activity[] = [];
  readonly #underWay = new Queue<Scheduled>();
  readonly #ready = new Queue<Scheduled>();
  #order = 0;

  constructor(choices: Choices, startMs: number) {
    this.#choices = choices;
    this.#startMs = startMs;
    this.nowMs = startMs;
  }

  /** Back to the time it began at, with nothing left to do. */
  reset(): void {
    this.nowMs = this.#startMs;
    this.#later.clear();
    this.#underWay.clear();
    this.#ready.clear();
  }

  schedule(delayMs: number, task: () => void, about?: () => About): Timer {
    return this.#add(delayMs, task, true, about);
  }

  scheduleInBackground(delayMs: number, task: () => void): Timer {
    return this.#add(delayMs, task, false, undefined);
  }

  #add(delayMs: number, task: () => void, isAwaited: boolean, about: (() => About) | undefined): Timer {
    if (!(delayMs >= 0 && delayMs < Infinity))
      throw new RangeError(`a delay is 0 ms or more, and ends; got ${delayMs}`);
    const scheduled = this.#scheduled(this.nowMs + delayMs, task, isAwaited, about);
    if (delayMs === 0) this.#ready.push(scheduled);
    else this.#later.add(scheduled);
    const cancel = () => {
      this.#later.cancel(scheduled);
      scheduled.task = undefined;
      scheduled.about = cancelled;
    };
    return { cancel };
  }

  goOn(task: () => void, about?: () => About): void {
    this.#underWay.push(this.#scheduled(this.nowMs, task, true, about));
  }

  #scheduled(dueMs: number, task: () => void, isAwaited: boolean, about: (() => About) | undefined): Scheduled {
    return { dueMs, order: this.#order++, isAwaited, about, task, isLater: false };
  }

  /** The clock lets `activity` come to rest before it advances. */
  watch(activity: Activity): void {
    this.#activities.push(activity);
  }

  /**
   * Runs until nothing is under way and nothing is scheduled but in the background, or until `done` says so between two
   * instants of work.
   * @param untilMs virtual time up to which the background runs too, and past which nothing does: the time it is then,
   *   unless `done` said so; later tasks stay scheduled
   */
  async run({
    done = () => false,
    untilMs = Infinity,
  }: { done?: () => boolean; untilMs?: number } = {}): Promise<void> {
    for (const activity of this.#activities) activity.runBegins();
    for (;;) {
      await this.#settle();
      if (done()) break;
      if (this.#underWay.length + this.#ready.length === 0) {
        const { conductor } = this.#choices;
        if (conductor?.idle(this.#agenda(), this.#nextDueMs(untilMs))) continue;
      }
      if (this.#underWay.length + this.#ready.length === 0 && !this.#advance(untilMs)) {
        if (untilMs !== Infinity) this.nowMs = Math.max(this.nowMs, untilMs);
        break;
      }
      this.#runOne();
    }
    for (const activity of this.#activities) activity.runEnds();
  }

  /** Lets every handler run on until it ends or waits for the clock. */
  async #settle(): Promise<void> {
    do await macrotask();
    while (this.#endStuck());
  }

  #endStuck(): boolean {
    let any = false;
    for (const activity of this.#activities) if (activity.endStuck()) any = true;
    return any;
  }

  /** Moves time to the next due task; false when there is none until `untilMs`. */
  #advance(untilMs: number): boolean {
    const dueMs = this.#nextDueMs(untilMs);
    if (dueMs === undefined) return false;
    this.nowMs = dueMs;
    while (this.#later.first?.dueMs === dueMs) this.#ready.push(this.#later.takeFirst());
    return true;
  }

  #runOne(): void {
    const chosen = this.#chooseNext();
    if (chosen === undefined) return;
    const underWay = this.#underWay.length;
    const next = chosen < underWay ? this.#underWay.take(chosen) : this.#ready.take(chosen - underWay);
    next.task?.();
  }

  #chooseNext(): number | undefined {
    const { conductor } = this.#choices;
    if (conductor) return conductor.next(this.#agenda());
    const tasks = this.#underWay.length + this.#ready.length;
    return tasks === 1 ? 0 : this.#choices.choose(tasks, "which is next");
  }

  #agenda(): Agenda {
    return {
      nowMs: this.nowMs,
      now: [...this.#underWay.left(), ...this.#ready.left()],
      later: () => this.#later.inOrder(),
    };
  }

  /** When `advance` would move to. */
  #nextDueMs(untilMs: number): number | undefined {
    if (untilMs === Infinity && this.#later.awaited === 0) return undefined;
    const dueMs = this.#later.first?.dueMs;
    return dueMs !== undefined && dueMs <= untilMs ? dueMs : undefined;
  }
}

const cancelled = (): About => ({ what: "other", isCancelled: true });

/** First in, first out, with a way to take one out of turn. */
class Queue<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** What is in it, the first first. */
  left(): T[] {
    return this.#items.slice(this.#first) as T[];
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
  }

  take(index: number): T {
    if (index > 0) return this.#items.splice(this.#first + index, 1)[0]!;
    const item = this.#items[this.#first]!;
    // Let go of at once: a task holds all that a handler's call holds, which would outlive every young collection.
    this.#items[this.#first] = undefined;
    this.#first += 1;
    // What was taken is dropped now and then, so that neither memory nor time grows with the length of the queue.
    if (this.#first > 1_000) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}

/** Resolves after every pending microtask and nextTick callback of the process has run. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
