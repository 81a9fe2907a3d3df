/**
 * Where a run can be: a state, from which one way leads on, or a decision, from which one leads on for each option.
 */
export class Place {
  readonly ways: number;
  /** How many of its ways were gone, the first first. */
  gone = 0;
  /** Whether all that can be reached from here was walked. */
  isDone = false;
  readonly #to: (Place | undefined)[] = [];
  readonly #from: Place[] = [];

  constructor(ways: number) {
    this.ways = ways;
  }

  to(way: number): Place | undefined {
    return this.#to[way];
  }

  /** Takes note of where a way leads. */
  lead(way: number, place: Place): void {
    if (this.#to[way] === place) return;
    this.#to[way] = place;
    if (place.isDone) this.#lookAround();
    else place.#from.push(this);
  }

  /** A way from which not all was walked: one that was never gone, if there is. */
  get open(): number | undefined {
    if (this.gone < this.ways) return this.gone;
    for (let way = 0; way < this.ways; way += 1) if (!this.#to[way]?.isDone) return way;
    return undefined;
  }

  end(): void {
    this.isDone = true;
    for (const before of this.#from.splice(0)) before.#lookAround();
  }

  #lookAround(): void {
    if (!this.isDone && this.open === undefined) this.end();
  }
}

export function placeOfEnd(): Place {
  const place = new Place(0);
  place.end();
  return place;
}
