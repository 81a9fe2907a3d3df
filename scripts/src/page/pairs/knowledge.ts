import type { Story } from "../../story/story.ts";

/**
 * Who knows the order's latest status after each moment: those it was written by or read by, and those a message
 * reached that was sent by somebody who knew. A message that was lost tells nobody.
 * @returns for each moment the ids of the lanes that know
 */
export function whoKnows({ moments, lanes }: Pick<Story, "moments" | "lanes">): string[][] {
  /** By lane: the moment at which the latest status that is known there was written. */
  const known = new Map(lanes.map(({ id }) => [id, 0]));
  let latest = 0;
  const learn = (lane: string, of: number) => known.set(lane, Math.max(known.get(lane) ?? 0, of));
  return moments.map(({ index, lane, arrow, kind, changes }) => {
    if (arrow && arrow.lost !== "request") learn(lane, known.get(arrow.from) ?? 0);
    if (changes.some(({ type }) => type === "StatusChanged")) {
      latest = index;
      learn(lane, index);
    }
    // Whoever calls a service hears what stands there.
    if (arrow && kind === "called" && arrow.lost === undefined) learn(arrow.from, known.get(lane) ?? 0);
    return latest === 0 ? [] : lanes.map(({ id }) => id).filter((id) => known.get(id) === latest);
  });
}
