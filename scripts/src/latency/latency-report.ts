import type { Profile } from "@ovsc/shared";
import type { Assumed } from "../bill/assumptions.ts";
import { everyTwo } from "../every-two.ts";
import { type Faster, fasterOf, type Medians, model, type Modelled, type Path } from "./path.ts";

/** What `latency` leaves for the report. */
export const latencyFile = "latency.json";

/** What `latency` modelled. */
export interface LatencyReport {
  readonly command: string;
  readonly profile: Profile;
  readonly assumed: Assumed;
  /** What the reader said instead of the sources. */
  readonly medians: Medians;
  readonly paths: readonly PathReport[];
}

/** One scenario's way through each variant. */
export interface PathReport {
  readonly scenario: string;
  readonly times: readonly (Path & {
    /** None where a hop has no source, and nobody said how long it takes. */
    readonly modelled: Modelled | undefined;
  })[];
  /** Each pair of variants; only for paths on which no retry waits. */
  readonly pairs: readonly (Faster & { readonly between: readonly [first: string, second: string] })[];
}

export function reportPaths(
  scenario: string,
  paths: readonly Path[],
  { assumed, medians }: { readonly assumed: Assumed; readonly medians: Medians },
): PathReport {
  const isPrompt = paths.every(({ waitedMs }) => waitedMs === 0);
  return {
    scenario,
    times: paths.map((path) => ({ ...path, modelled: model(path, assumed, medians) })),
    pairs: isPrompt
      ? everyTwo(paths).flatMap(([first, second]) => {
          const faster = fasterOf(first, second, assumed, medians);
          return faster ? [{ between: [first.variant, second.variant] as const, ...faster }] : [];
        })
      : [],
  };
}
