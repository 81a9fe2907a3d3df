import { threshold } from "../decision/weigh.ts";
import type { SagaRun } from "./run-saga.ts";
import type { SagaShape, Style } from "./saga-shape.ts";

/** What `sweep` leaves for the report. */
export const sweepFile = "sweep.json";
export interface SweepReport {
  readonly command: string;
  readonly undoPolicy: string;
  readonly sizes: readonly SweptSize[];
  readonly trends: readonly Trend[];
}

export interface SweptSize extends SagaShape {
  readonly styles: Readonly<Record<Style, SagaRun>>;
}

/** How the styles' relation changes from the smallest saga to the largest, by one measure. */
export interface Trend {
  readonly measure: keyof SagaRun;
  /** How many times the choreography needs what the orchestration does. */
  readonly smallest: number;
  readonly largest: number;
  /** Whether the orchestration gains on the choreography as sagas grow, by the threshold at which a driver decides. */
  readonly orchestration: "pays off as sagas grow" | "loses as sagas grow" | "neither gains nor loses";
}

/** Measures of which both styles need some. */
const comparable = ["messages", "links", "places", "usdPerMillion"] as const satisfies readonly (keyof SagaRun)[];

/** @param sizes the smallest first */
export function trendsOf(sizes: readonly SweptSize[]): Trend[] {
  const ratio = ({ styles: { choreographed, orchestrated } }: SweptSize, measure: keyof SagaRun) =>
    choreographed[measure] / orchestrated[measure];
  return comparable.map((measure) => {
    const [smallest, largest] = [ratio(sizes[0]!, measure), ratio(sizes.at(-1)!, measure)];
    const gain = largest / smallest;
    const orchestration =
      gain >= threshold
        ? "pays off as sagas grow"
        : gain <= 1 / threshold
          ? "loses as sagas grow"
          : "neither gains nor loses";
    return { measure, smallest, largest, orchestration };
  });
}
