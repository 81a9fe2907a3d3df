import { printable } from "../../terminal.ts";
import { whoKnows } from "./knowledge.ts";
import { changeText, secondsText, sentence } from "./moment-words.ts";
import type { Pair } from "./pair.ts";

/** A moment in words. */
export interface MomentRow {
  /** Of the picture. */
  readonly row: number;
  /** Virtual time since the placing. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly changed: readonly string[];
  /** Who knows the latest status by then. */
  readonly known: string;
}

/** What happened on one side of a pair, a row for each moment. */
export function momentRows({ stories, alignment }: Pick<Pair, "stories" | "alignment">, side: number): MomentRow[] {
  const story = stories[side]!;
  const beganMs = story.moments[0]!.atMs;
  const names = new Map(story.lanes.map(({ id, name }) => [id, name]));
  const knowing = whoKnows(story);
  return story.moments.map((moment, at) => ({
    row: alignment.rowsOf[side]![at]!,
    at: secondsText(moment.atMs - beganMs),
    who: names.get(moment.lane)!,
    what: sentence(story, moment),
    changed: moment.changes.map(changeText),
    known: knowing[at]!.map((lane) => names.get(lane)!).join(", "),
  }));
}

/**
 * All pairs for the script of the page: every text once, and moments as places in that list, in the order row (a number
 * itself), at, who, what, known, then each change.
 */
export function packed(pairs: readonly Pair[]): object {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const told = pairs.map((pair) => [
    pair.id,
    {
      steps: pair.alignment.blocks.map(({ row, title }) => [row, placeOf(title)]),
      sides: pair.stories.map((_, side) =>
        momentRows(pair, side).map(({ row, at, who, what, known, changed }) => [
          row,
          ...[at, who, what, known, ...changed].map(placeOf),
        ]),
      ),
    },
  ]);
  return { pairs: Object.fromEntries(told) as object, words: [...places.keys()].map(printable) };
}
