import { type Budget, covers } from "./budget.ts";
import type { Picker } from "./picker.ts";
import { Place, placeOfEnd } from "./place.ts";

/** A state that was reached, with what was left to befall a run there. */
interface Reached {
  readonly left: Budget;
  readonly place: Place;
  /** It was reached again, with more left. */
  isObsolete: boolean;
}

/** What a run did, so that another can begin as it did. */
interface Run {
  readonly taken: number[];
  /** What was left to befall it, where that changed in a state: by how many states came before. */
  readonly left: Map<number, Budget>;
}

/** A decision that can be taken otherwise, and how a run came to it. */
interface Target {
  readonly place: Place;
  /** The last state before it. */
  readonly state: Reached | undefined;
  readonly run: Run;
  /** How many decisions came before. */
  readonly after: number;
}

const isOver = ({ place, state }: Target): boolean => place.gone === place.ways || state?.isObsolete === true;

/**
 * Walks all runs. Each begins as an earlier one, up to a decision that can be taken otherwise, and goes on as long as
 * there is anything that was not walked. In a state that was reached before it goes on as if it were the run that had
 * reached it, with what was left to befall that one.
 */
export class Walk implements Picker {
  /** How many states were reached. */
  states = 0;
  /** How many options were taken, each of its decision once. */
  ways = 0;
  readonly #reached = new Map<string, Reached[]>();
  /** In the order in which they came up: what comes after one is then walked in the same run. */
  readonly #targets: (Target | undefined)[] = [];
  #next = 0;
  /** What is repeated, up to where it is taken otherwise. */
  #target: Target | undefined;
  #run: Run = { taken: [], left: new Map() };
  #arrivals = 0;
  #state: Reached | undefined;
  #place = new Place(1);
  #way = 0;

  /** How many decisions are known that can be taken otherwise. */
  get open(): number {
    return this.#targets.length - this.#next;
  }

  pick(at: string, options: readonly string[]): number {
    const target = this.#target;
    const { taken } = this.#run;
    if (target && taken.length < target.after) {
      const way = target.run.taken[taken.length]!;
      taken.push(way);
      return way;
    }
    if (target) {
      if (target.place.ways !== options.length)
        throw new Error(`a run did not repeat: ${target.place.ways} options became ${options.length} at ${at}`);
      this.#place = target.place;
      this.#state = target.state;
      this.#target = undefined;
    } else this.#goTo(this.#decision(options.length));
    return this.#take();
  }

  arrive(fingerprint: () => string, left: Budget): Budget | undefined {
    const arrival = this.#arrivals;
    this.#arrivals += 1;
    if (this.#target) {
      const changed = this.#target.run.left.get(arrival);
      if (changed) this.#run.left.set(arrival, changed);
      return changed ?? left;
    }
    const state = (this.#state = this.#stateOf(fingerprint(), left));
    this.#goTo(state.place);
    this.#way = 0;
    state.place.gone = 1;
    if (!covers(left, state.left)) this.#run.left.set(arrival, state.left);
    return state.place.isDone ? undefined : state.left;
  }

  /** To the next run, once one has ended. @returns false when all have been walked */
  next(): boolean {
    if (this.#target) throw new Error("a run did not repeat: it ended sooner");
    if (!this.#place.isDone) this.#goTo(placeOfEnd());
    for (let each = this.#targets[this.#next]; each && isOver(each); each = this.#targets[this.#next]) {
      this.#targets[this.#next] = undefined;
      this.#next += 1;
    }
    this.#target = this.#targets[this.#next];
    this.#run = { taken: [], left: new Map() };
    this.#arrivals = 0;
    return this.#target !== undefined;
  }

  #take(): number {
    const place = this.#place;
    // Where all is walked, the next state says so.
    this.#way = place.open ?? 0;
    if (this.#way === place.gone) {
      place.gone += 1;
      this.ways += 1;
    }
    this.#run.taken.push(this.#way);
    return this.#way;
  }

  #goTo(place: Place): void {
    this.#place.lead(this.#way, place);
    this.#place = place;
  }

  /** The one that this way led to before, unless something leads elsewhere now that no state tells, such as an age. */
  #decision(ways: number): Place {
    const known = this.#place.to(this.#way);
    if (known?.ways === ways) return known;
    const place = new Place(ways);
    this.#targets.push({ place, state: this.#state, run: this.#run, after: this.#run.taken.length });
    return place;
  }

  #stateOf(fingerprint: string, left: Budget): Reached {
    const known = this.#reached.get(fingerprint) ?? [];
    const before = known.find((each) => covers(each.left, left));
    if (before) return before;
    for (const each of known) if (covers(left, each.left)) each.isObsolete = true;
    this.states += 1;
    const state = { left, place: new Place(1), isObsolete: false };
    this.#reached.set(fingerprint, [...known.filter(({ isObsolete }) => !isObsolete), state]);
    return state;
  }
}
