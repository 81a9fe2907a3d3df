import type { Dependency } from "@ovsc/shared/variant";
import type { Picker } from "../picking/picker.ts";
import { isAway, type Outage } from "./strikes.ts";

/** How the question ends whether an outage has ended. */
export const askedAgain = ", asked again";

/** An outage that has begun. */
interface Lasting extends Outage {
  /** Whether it may have ended since it was asked last: time has moved. */
  mayEnd: boolean;
}

/**
 * What is away in a run. Whether an outage has ended is asked when it would strike: nobody can tell at which moment
 * before that it did.
 */
export class Outages {
  readonly #picker: Picker;
  #lasting: Lasting[] = [];
  /** The outline of the state in which time moved last. */
  #before: string | undefined;

  constructor(picker: Picker) {
    this.#picker = picker;
  }

  get any(): boolean {
    return this.#lasting.length > 0;
  }

  /** What is away. */
  get lasting(): readonly Outage[] {
    return this.#lasting;
  }

  /** What matters of it for what may still come. */
  get summary(): readonly unknown[] {
    return [this.#lasting, this.any && this.#before];
  }

  begin({ kind, dependency }: Outage): void {
    this.#lasting.push({ kind, dependency, mayEnd: false });
    this.#before = undefined;
  }

  /** Ends them all. */
  end(): void {
    this.#lasting = [];
  }

  /** Whether whoever asks a dependency will certainly be turned down. */
  isAway(dependency: Dependency): boolean {
    return this.#lasting.some((each) => isAway(each, dependency) && !each.mayEnd);
  }

  /** @returns the outage that strikes whoever asks a dependency now, if it has not ended */
  at(dependency: Dependency): Outage | undefined {
    for (const each of this.#lasting.filter((one) => isAway(one, dependency))) {
      const question = `${each.kind} of ${each.dependency}${askedAgain}`;
      const goesOn = !each.mayEnd || this.#picker.pick(question, ["has ended", "goes on"]) === 1;
      each.mayEnd = false;
      if (goesOn) return each;
      this.#lasting = this.#lasting.filter((one) => one !== each);
    }
    return undefined;
  }

  /**
   * Time moves on. While the same is tried again and again in vain, and nothing else comes, it makes no difference when
   * an outage ends.
   * @param outline of the state, with what is away: the same as before where only that was done
   */
  timeMoves(outline: (away: readonly unknown[]) => string | undefined): void {
    if (!this.any) return;
    const before = this.#before;
    this.#before = outline(this.#lasting.map(({ kind, dependency }) => [kind, dependency]));
    if (this.#before === undefined || this.#before !== before) for (const each of this.#lasting) each.mayEnd = true;
  }
}
