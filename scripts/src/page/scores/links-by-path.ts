import { steps } from "@ovsc/shared";
import type { Story } from "../../story/story.ts";
import { links, meetings } from "./links.ts";

/** Links of one variant along a path, each as `from to`. */
export interface Linked {
  readonly all: readonly string[];
  /** Those that the path on which all goes well does not have. */
  readonly fresh: readonly string[];
}

/** Orders that began the same steps in the same order. */
export interface PathLinks {
  /** The steps, in the order in which they first began. */
  readonly steps: readonly string[];
  /** Scenarios with such an order. */
  readonly batches: readonly string[];
  /** By the name of the variant, functions alone; nothing where none of its orders went this way. */
  readonly links: Readonly<Record<string, Linked | undefined>>;
  /** The same where client, bus and state machine count. */
  readonly withCoordinator: Readonly<Record<string, Linked | undefined>>;
}

const happy = pathText(
  Object.values(steps)
    .filter(({ undoes }) => undoes === undefined)
    .map(({ name }) => name),
);

/** @param stories by the name of the variant @returns the path on which all goes well first, then as they came */
export function linksByPath(stories: Readonly<Record<string, readonly Story[]>>): PathLinks[] {
  const names = Object.keys(stories);
  const ways = Map.groupBy(Object.values(stories).flat(), (story) => pathText(stepsBegun(story)));
  const along = (path: string, count: (story: Story) => string[]) => {
    const linksOf = (way: string, variant: string) =>
      new Set((ways.get(way) ?? []).filter((story) => story.variant === variant).flatMap(count));
    const linked = names.map((variant): [string, Linked | undefined] => {
      const [all, usual] = [linksOf(path, variant), linksOf(happy, variant)];
      return [
        variant,
        all.size === 0 ? undefined : { all: [...all], fresh: [...all].filter((each) => !usual.has(each)) },
      ];
    });
    return Object.fromEntries(linked);
  };
  return [...ways]
    .toSorted(([a], [b]) => Number(b === happy) - Number(a === happy))
    .map(([path, own]) => ({
      steps: stepsBegun(own[0]!),
      batches: [...new Set(own.map(({ batch }) => batch))],
      links: along(path, links),
      withCoordinator: along(path, meetings),
    }));
}

const stepsBegun = ({ moments }: Story): string[] => [
  ...new Set(moments.flatMap(({ kind, step }) => (kind === "started" && step !== undefined ? [step] : []))),
];

function pathText(names: readonly string[]): string {
  return names.join(" ");
}
