import type { Result } from "../../judgement/results.ts";
import type { RunLine } from "../../runs/log/run-line.ts";
import type { Story } from "../../story/story.ts";
import { tellStory } from "../../story/tell-story.ts";
import { difference, type Pair, pairOf } from "./pair.ts";

/** Pairs on a page; every other order is a command away. */
const mostPairs = 12;

/**
 * Moments of all of them together: what a page has room for, since its other parts grow with each variant. The first
 * pair is drawn however long it is.
 */
const mostMoments = (variants: number): number => 2_600 - 300 * variants;

/** Orders of a batch that are told and compared, beside those with a finding. */
const mostOfBatch = 60;

/** Keeps the lines of the orders that may be shown side by side. */
export class Candidates {
  readonly #withFinding: readonly string[];
  readonly #lines = new Map<string, RunLine[]>();
  readonly #ofBatch = new Map<string, number>();

  constructor(results: readonly Result[]) {
    const found = results.flatMap(({ findings }) => findings.map(({ orderId }) => orderId));
    this.#withFinding = [...new Set(found.filter((orderId) => orderId !== undefined))];
  }

  add(line: RunLine): void {
    const { orderId } = line;
    if (orderId === undefined) return;
    const known = this.#lines.get(orderId);
    if (known) known.push(line);
    else if (this.#isWanted(orderId, line)) this.#lines.set(orderId, [line]);
  }

  /** @returns for each order that all variants have, its story in each of them */
  told(variants: readonly string[]): Story[][] {
    return [...this.#lines.values()].flatMap((lines) => {
      const own = variants.map((variant) => lines.filter((line) => line.variant === variant));
      return own.every(({ length }) => length > 0) ? [own.map(tellStory)] : [];
    });
  }

  /** Those with a finding first, then those that differ most; the same way of the variants is shown once. */
  chosen(told: readonly (readonly Story[])[]): Pair[] {
    const pairs = told.map(pairOf);
    const rank = ({ orderId }: Pair) => {
      const at = this.#withFinding.indexOf(orderId);
      return at < 0 ? Infinity : at;
    };
    const shown = pairs.toSorted((a, b) => rank(a) - rank(b) || difference(b) - difference(a) || 0);
    const different = Map.groupBy(shown, (pair) => (rank(pair) < Infinity ? pair.orderId : wayOf(pair)));
    return roomFor([...different.values()].map(([first]) => first!)).slice(0, mostPairs);
  }

  #isWanted(orderId: string, { batch }: RunLine): boolean {
    if (this.#withFinding.slice(0, mostPairs).includes(orderId)) return true;
    const count = (this.#ofBatch.get(batch) ?? 0) + 1;
    this.#ofBatch.set(batch, count);
    return count <= mostOfBatch;
  }
}

function roomFor(pairs: readonly Pair[]): Pair[] {
  let moments = 0;
  return pairs.filter(({ stories }, at) => {
    moments += stories.reduce((sum, story) => sum + story.moments.length, 0);
    return at === 0 || moments <= mostMoments(stories.length);
  });
}

const wayOf = ({ batch, alignment: { blocks } }: Pair): string =>
  `${batch} ${blocks.map(({ title }) => title).join(", ")}`;
