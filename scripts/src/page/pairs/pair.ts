import type { Story } from "../../story/story.ts";
import { type Alignment, align } from "./align.ts";

/** One order in every variant, side by side. */
export interface Pair {
  /** What a link to it ends in. */
  readonly id: string;
  readonly orderId: string;
  /** The scenario, or `orders` in a long run. */
  readonly batch: string;
  /** In the order of the variants of the run. */
  readonly stories: readonly Story[];
  readonly alignment: Alignment;
}

/** @param stories of one order, one for each variant */
export function pairOf(stories: readonly Story[]): Pair {
  const { orderId, batch } = stories[0]!;
  return { id: `pair-${idOf(orderId)}`, orderId, batch, stories, alignment: align(stories) };
}

/** An order id holds any text; an id of a page has no space, and a link to it no escapes. */
const idOf = (orderId: string): string =>
  orderId.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)!.toString(16)}`);

/** How much the variants differ in what happened, and in how long it took: moments, and seconds of virtual time. */
export function difference({ stories }: Pick<Pair, "stories">): number {
  return spread(stories.map(({ moments }) => moments.length)) + spread(stories.map(secondsOf));
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** From the placing to the last thing that happened, in virtual seconds. */
export const secondsOf = ({ moments }: Story): number => (moments.at(-1)!.atMs - moments[0]!.atMs) / 1000;
