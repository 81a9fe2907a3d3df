import type { LaneKind, Moment, Story } from "../../story/story.ts";

const kindsOf = ({ lanes }: Story): ReadonlyMap<string, LaneKind> => new Map(lanes.map(({ id, kind }) => [id, kind]));

/** Who woke whom, functions alone: from the start of each back to whose call, event or answer led to it. */
export function links(story: Story): string[] {
  const kinds = kindsOf(story);
  const functionOf = ({ lane, arrow }: Moment) =>
    [arrow?.from, lane].find((id) => id !== undefined && kinds.get(id) === "function");
  return story.moments
    .filter(({ kind, attempt = 1 }) => kind === "started" && attempt === 1)
    .flatMap((started) => {
      let before: Moment = started;
      for (;;) {
        const hands = before === started ? started.arrow : /^(published|ended)$/.test(before.kind);
        const by = hands && functionOf(before);
        if (by && by !== started.lane) return [`${by} ${started.lane}`];
        if (before.cause === undefined) return [];
        before = story.moments[before.cause - 1]!;
      }
    });
}

/** Who handed something to whom, where the bus and the state machine count; stores are no partners. */
export function meetings(story: Story): string[] {
  const kinds = kindsOf(story);
  const isPartner = (id: string) => /^(client|event bus|state machine|function)$/.test(kinds.get(id) ?? "");
  return story.moments.flatMap(({ lane, arrow }) =>
    arrow && arrow.kind !== "answer" && isPartner(lane) && isPartner(arrow.from) ? [`${arrow.from} ${lane}`] : [],
  );
}
