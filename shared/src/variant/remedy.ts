import type { EventName } from "../event.ts";
import type { PlacementRef } from "../placement.ts";

/** What stopped, as an operator knows it. */
export interface Incident {
  /** The orders that stopped. */
  readonly placed: readonly PlacementRef[];
  /** When they came in first and were seen last, ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Only what these events wake; everything if there are none. */
  readonly events: readonly EventName[];
}

/** What an operator can do for orders that nobody moves on any more, once its reason is gone. */
export interface Remedy {
  /** For whoever chooses one, as the end of "this …". */
  readonly does: string;
  /** @returns what was done, and what could not be: a line for each */
  apply(incident: Incident): Promise<readonly string[]>;
}
