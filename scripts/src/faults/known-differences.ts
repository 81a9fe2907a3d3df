import type { Dependency } from "@ovsc/shared/variant";
import type { Cell, Extent } from "./cells.ts";

/** Where a variant may end otherwise than undisturbed by a fault that another cannot have, and why that must be so. */
interface KnownDifference {
  readonly dependency: Dependency;
  readonly extents: readonly Extent[];
  readonly because: string;
}

export const knownDifferences: readonly KnownDifference[] = [
  {
    dependency: "event-bus",
    extents: ["3 tries", "600 s"],
    because:
      "a step that cannot say what it did has failed, and the order goes back: elsewhere nobody needs to be told",
  },
];

export const isKnown = ({ dependency, extent }: Pick<Cell, "dependency" | "extent">): boolean =>
  knownDifferences.some((each) => each.dependency === dependency && each.extents.includes(extent));
