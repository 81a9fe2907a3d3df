import type { Flow, Template, Variant } from "@ovsc/shared/variant";
import { flowFindings } from "./flow-findings.ts";
import type { Sightings } from "./sightings.ts";
import { type SourceLine, writtenAt } from "./written.ts";

/** The flow of a variant as its template has it, and what a run took of it. */
export interface ObservedFlow {
  readonly variant: string;
  readonly flow: Flow;
  /** How often each edge was taken, in the order of the edges. */
  readonly counts: readonly number[];
  /** Where each edge is written. */
  readonly sources: readonly (SourceLine | undefined)[];
  /** What no flow should have. */
  readonly findings: readonly string[];
}

/** @param sightings of the variant's lines in a run */
export function observedFlow(variant: Variant, template: Template, sightings: Sightings): ObservedFlow {
  const flow = variant.flow(template);
  return {
    variant: variant.name,
    flow,
    counts: flow.edges.map((edge) => sightings.of(edge)),
    sources: flow.edges.map((edge) => writtenAt(variant, edge)[0]),
    findings: flowFindings(flow),
  };
}
