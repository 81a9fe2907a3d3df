import type { Profile } from "@ovsc/shared";
import type { CellResult } from "./matrix.ts";
import type { Outable, OutagePoint } from "./outage.ts";

/** What the results are kept as, for the report. */
export const matrixFile = (profile: Profile): string => `matrix-${profile}.json`;

/** The results as they are kept and printed. */
export interface MatrixFile {
  readonly verdict: "valid" | "invalid";
  readonly profile: Profile;
  readonly results: readonly KeptCell[];
}

/** A cell by its name, and the commands that show it again and tell what happened in it. */
export interface KeptCell extends Omit<CellResult, "cell"> {
  readonly cell: string;
  readonly again: string;
  readonly trace: string;
}

/** What the figures are kept as, for the report. */
export const outageFile = (profile: Profile): string => `outage-${profile}.json`;

/** The figures as they are kept and printed. */
export interface OutageFile {
  readonly profile: Profile;
  /** In each run: a third of them arrive before the outage, a third while it lasts, a third after it. */
  readonly orders: number;
  readonly curves: readonly Curve[];
}

/** What a variant makes of outages of a dependency. */
export interface Curve {
  readonly variant: string;
  readonly dependency: Outable;
  readonly points: readonly OutagePoint[];
  /** The longest outage, in seconds, at which half of those that arrive meanwhile ship; none if they always do. */
  readonly halfShipSeconds: number | undefined;
}
