import { seeded } from "@ovsc/local";
import { askedAgain } from "../directing/outages.ts";
import { recordLost } from "../directing/strikes.ts";
import type { Deviation, Schedule } from "../schedule.ts";
import type { Budget } from "./budget.ts";

/** Decides, one question after the other, how a run goes. */
export interface Picker {
  /** @param options by name; the first is always "in order, no fault" @returns the index of one of them */
  pick(at: string, options: readonly string[]): number;
  /** Hears of a question that is not asked, since nothing more may befall the run. Where all may, it is. */
  pass?(at: string): void;
  /**
   * Hears of each state that a run comes to, where it compares them.
   * @param left to befall the run
   * @returns what is left to befall it from here on; nothing where all has been walked from here
   */
  arrive?(fingerprint: () => string, left: Budget): Budget | undefined;
}

/** Counts questions that have the same words. */
class Questions {
  readonly #asked = new Map<string, number>();

  /** @returns the how manieth time it comes up, from 1 */
  nth(at: string): number {
    const nth = 1 + (this.#asked.get(at) ?? 0);
    this.#asked.set(at, nth);
    return nth;
  }
}

/** Repeats a schedule: what it does not speak of goes in order and without fault. */
export class Repeat implements Picker {
  readonly #left: Map<string, string>;
  readonly #questions = new Questions();

  constructor(schedule: Schedule) {
    this.#left = new Map(schedule.map(({ at, nth, take }) => [`${nth} ${at}`, take]));
  }

  /** How many decisions of the schedule did not come up. */
  get unmet(): number {
    return this.#left.size;
  }

  pass(at: string): void {
    this.#questions.nth(at);
  }

  pick(at: string, options: readonly string[]): number {
    const nth = this.#questions.nth(at);
    const take = this.#left.get(`${nth} ${at}`);
    const index = take === undefined ? -1 : options.indexOf(take);
    if (index < 0) return 0;
    this.#left.delete(`${nth} ${at}`);
    return index;
  }
}

/** Outages of whom an order can do without: it is parked without them. */
const ofProvider = new RegExp(` of (inventory|payment-gateway|carrier)${askedAgain}$`);

/** Repeats a schedule in which records that are lost are lost for good, and whoever is away stays away. */
export class ForGood extends Repeat {
  #loses = false;

  override pick(at: string, options: readonly string[]): number {
    const index = super.pick(at, options);
    if (options[index] === recordLost) this.#loses = true;
    if (index > 0) return index;
    if (ofProvider.test(at)) return 1;
    return this.#loses ? Math.max(0, options.indexOf(recordLost)) : 0;
  }
}

/** How often an order of events is drawn otherwise than as it came, where there is a choice. */
const drawnOutOfOrder = 3;

/** How often a drawn outage has ended when it is asked again: one time in so many. */
const goesOn = 4;

/**
 * Draws a run by a seed: any order of events, and up to so many faults, each at a moment drawn before. A fault whose
 * moment does not come, or at which nothing can be struck, is dropped.
 */
export class Draw implements Picker {
  readonly #choose: (count: number) => number;
  readonly #moments: Set<number>;
  #moment = 0;

  /** @param moments about how many moments a run has at which a fault could strike */
  constructor(seed: number, { faults, moments }: { faults: number; moments: number }) {
    const choices = seeded(seed);
    this.#choose = (count) => choices.choose(count, "draw");
    this.#moments = new Set(Array.from({ length: this.#choose(faults + 1) }, () => this.#choose(moments)));
  }

  pick(at: string, options: readonly string[]): number {
    if (at.endsWith(askedAgain)) return this.#choose(goesOn) === 0 ? 0 : 1;
    if (!at.startsWith("fault")) {
      return this.#choose(drawnOutOfOrder) === 0 ? this.#choose(options.length) : 0;
    }
    this.#moment += 1;
    return this.#moments.has(this.#moment - 1) ? 1 + this.#choose(options.length - 1) : 0;
  }
}

/** Passes decisions on, and keeps those that were not the first option. */
export class Recorder implements Picker {
  readonly schedule: Deviation[] = [];
  readonly #picker: Picker;
  readonly #questions = new Questions();

  constructor(picker: Picker) {
    this.#picker = picker;
  }

  arrive(fingerprint: () => string, left: Budget): Budget | undefined {
    return this.#picker.arrive ? this.#picker.arrive(fingerprint, left) : left;
  }

  pass(at: string): void {
    this.#questions.nth(at);
    this.#picker.pass?.(at);
  }

  pick(at: string, options: readonly string[]): number {
    const nth = this.#questions.nth(at);
    const index = this.#picker.pick(at, options);
    if (index > 0) this.schedule.push({ at, nth, take: options[index]! });
    return index;
  }
}
