import type { About, Task } from "./agenda.ts";

/** A task of the clock. */
export interface Scheduled extends Task {
  readonly order: number;
  /** A run does not go on for one that is not. */
  readonly isAwaited: boolean;
  about: (() => About) | undefined;
  /** Undefined once it is cancelled. */
  task: (() => void) | undefined;
  /** It waits for its time. */
  isLater: boolean;
}

/** What is due later, the earliest first: a binary heap, of which never more than half is cancelled. */
export class DueTasks {
  #heap: Scheduled[] = [];
  #awaited = 0;
  #cancelled = 0;

  /** How many are awaited. */
  get awaited(): number {
    return this.#awaited;
  }

  /** The earliest. */
  get first(): Scheduled | undefined {
    while (this.#heap[0]?.isLater === false) {
      this.#pop();
      this.#cancelled -= 1;
    }
    return this.#heap[0];
  }

  add(scheduled: Scheduled): void {
    scheduled.isLater = true;
    if (scheduled.isAwaited) this.#awaited += 1;
    this.#push(scheduled);
  }

  /** Takes the earliest, which is not cancelled. */
  takeFirst(): Scheduled {
    const first = this.first!;
    this.#pop();
    this.#leave(first);
    return first;
  }

  /** Does nothing for one that is not here, or no longer. */
  cancel(scheduled: Scheduled): void {
    if (!scheduled.isLater) return;
    this.#leave(scheduled);
    this.#cancelled += 1;
    if (2 * this.#cancelled <= this.#heap.length) return;
    const left = this.#heap.filter(({ isLater }) => isLater);
    this.#heap = [];
    this.#cancelled = 0;
    for (const each of left) this.#push(each);
  }

  clear(): void {
    for (const each of this.#heap) each.isLater = false;
    this.#heap = [];
    this.#awaited = this.#cancelled = 0;
  }

  /** Those that are awaited, the earliest first. */
  inOrder(): Scheduled[] {
    return this.#heap.filter(({ isLater, isAwaited }) => isLater && isAwaited).toSorted(byTurn);
  }

  #leave(scheduled: Scheduled): void {
    scheduled.isLater = false;
    if (scheduled.isAwaited) this.#awaited -= 1;
  }

  #push(scheduled: Scheduled): void {
    const heap = this.#heap;
    let index = heap.push(scheduled) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (byTurn(scheduled, heap[parent]!) >= 0) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = scheduled;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && byTurn(heap[child + 1]!, heap[child]!) < 0) child += 1;
      if (byTurn(heap[child]!, last) >= 0) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

const byTurn = (a: Scheduled, b: Scheduled) => a.dueMs - b.dueMs || a.order - b.order;
