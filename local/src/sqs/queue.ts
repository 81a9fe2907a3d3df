import type { Clock, Timer } from "../clock.ts";
import type { Message } from "./message.ts";

/** Settings of a standard queue; sizes in bytes. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageSize: number;
  readonly messageRetentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
}

/** A long poll. */
interface Waiting {
  /** Tries again; true once it was answered. */
  readonly attempt: () => boolean;
  /** When its time is over, and when a message becomes visible before that. */
  readonly timers: Timer[];
}

/**
 * A standard queue. Nothing ticks here: a message is invisible, delayed or expired by what time it is when someone
 * looks. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAtMs: number;
  settings: QueueSettings;
  purgedAtMs = -Infinity;
  readonly #clock: Clock;
  readonly #messages = new Map<string, Message>();
  readonly #waiting = new Set<Waiting>();

  constructor(identity: { name: string; arn: string; url: string }, settings: QueueSettings, clock: Clock) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.url = identity.url;
    this.settings = settings;
    this.createdAtMs = clock.nowMs;
    this.#clock = clock;
  }

  put(message: Message): void {
    this.#messages.set(message.id, message);
    if (message.visibleAtMs <= this.#clock.nowMs) this.#wake();
    else for (const waiting of this.#waiting) this.#wakeAt(message.visibleAtMs, waiting);
  }

  find(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  delete(id: string): void {
    this.#messages.delete(id);
  }

  /** As if no message had ever come. */
  reset(): void {
    this.#messages.clear();
    this.#waiting.clear();
    this.purgedAtMs = -Infinity;
  }

  purge(): void {
    this.#messages.clear();
    this.purgedAtMs = this.#clock.nowMs;
  }

  /**
   * Up to `count` visible messages, which are now in flight until `visibilityMs` have passed. A message that was
   * received as often as the redrive policy allows goes to `moveToDeadLetter` instead.
   */
  receive(count: number, visibilityMs: number, moveToDeadLetter: (message: Message) => boolean): Message[] {
    const { nowMs } = this.#clock;
    const received: Message[] = [];
    const maxReceiveCount = this.settings.redrive?.maxReceiveCount ?? Infinity;
    for (const message of this.#live()) {
      if (message.visibleAtMs > nowMs) continue;
      if (message.receiveCount >= maxReceiveCount && moveToDeadLetter(message)) {
        this.#messages.delete(message.id);
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAtMs ??= nowMs;
      message.visibleAtMs = nowMs + visibilityMs;
      received.push(message);
      if (received.length === count) break;
    }
    return received;
  }

  /** Calls `attempt` when a message may have become visible, until it answers true or `waitMs` are over. */
  wait(waitMs: number, attempt: () => boolean, giveUp: () => void): void {
    const waiting: Waiting = { attempt, timers: [] };
    const end = this.#clock.schedule(waitMs, () => {
      this.#end(waiting);
      giveUp();
    });
    waiting.timers.push(end);
    this.#waiting.add(waiting);
    for (const { visibleAtMs } of this.#live()) {
      if (visibleAtMs < this.#clock.nowMs + waitMs) this.#wakeAt(visibleAtMs, waiting);
    }
  }

  /** Messages by state. */
  counts(): { visible: number; inFlight: number; delayed: number } {
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const { visibleAtMs, receiveCount } of this.#live()) {
      if (visibleAtMs <= this.#clock.nowMs) counts.visible += 1;
      else if (receiveCount > 0) counts.inFlight += 1;
      else counts.delayed += 1;
    }
    return counts;
  }

  /** The messages that retention has not ended, oldest first; forgets the others. */
  *#live(): Generator<Message> {
    const oldestMs = this.#clock.nowMs - this.settings.messageRetentionSeconds * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAtMs < oldestMs) this.#messages.delete(message.id);
      else yield message;
    }
  }

  #wake(): void {
    for (const waiting of this.#waiting) if (waiting.attempt()) this.#end(waiting);
  }

  #wakeAt(atMs: number, waiting: Waiting): void {
    waiting.timers.push(this.#clock.schedule(Math.max(0, atMs - this.#clock.nowMs), () => this.#wake()));
  }

  #end(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    for (const timer of waiting.timers) timer.cancel();
  }
}
