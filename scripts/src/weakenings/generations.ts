import { everywhere } from "./everywhere.ts";
import type { Weakening } from "./weakening.ts";

/** What keeps the generations of an order apart, where it begins anew. */
export const generations: readonly Weakening[] = [
  {
    name: "one-key-for-all-generations",
    defence: "An order that begins anew asks under keys of its own, since those before were taken back for good.",
    in: everywhere({
      file: "shared/src/ledgers.ts",
      find: "`${placementId}.${generation}:${step}`",
      replace: "(void generation, `${placementId}.1:${step}`)",
    }),
    story: {
      scenario: "happy",
      faults: [{ kind: "server-error", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3] }],
      remedying: { remedy: "again" },
    },
    finding: "must end SHIPPED",
  },
];
