import type { FiredFault } from "../faults/fired.ts";
import { counted } from "./words.ts";

/** One line for each fault of a plan: how often it struck in each variant. */
export const renderFired = (faults: readonly FiredFault[]): string =>
  faults.map(({ kind, dependency, fired }) => `${kind} of ${dependency}: ${timesIn(fired)}\n`).join("");

const timesIn = (fired: FiredFault["fired"]): string =>
  Object.entries(fired)
    .map(([variant, times]) => {
      if (times === "not applicable") return `not applicable to the ${variant}`;
      return times === 0
        ? `never fired in the ${variant}, so nothing is proved`
        : `struck the ${variant} ${counted(times, "time")}`;
    })
    .join(", ");
