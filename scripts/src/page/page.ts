import type { CostReport } from "../bill/cost-report.ts";
import type { DecisionFile } from "../decision/decide.ts";
import type { MatrixFile, OutageFile } from "../faults/kept.ts";
import type { FootprintReport } from "../footprint/footprint.ts";
import type { RunResults } from "../judgement/results.ts";
import type { LatencyReport } from "../latency/latency-report.ts";
import type { HeldFlow } from "../places/places.ts";
import type { SweepReport } from "../sweep/sweep-report.ts";
import type { ObservedFlow } from "./flows/observed-flow.ts";
import type { Operations } from "./operating/operations.ts";
import type { Pair } from "./pairs/pair.ts";
import type { PathLinks } from "./scores/links-by-path.ts";
import type { Score } from "./scores/score.ts";
import type { LastKnown } from "./where/last-known.ts";

/** What a page is made of. The same run and the same files give the same page, byte by byte. */
export interface Page {
  readonly run: RunResults;
  /** The variants of the run by name, the one that the others are held against first. */
  readonly variants: readonly string[];
  /** Of how many orders the log has every line, and how many the run had: fewer where it kept a sample. */
  readonly told: { readonly orders: number; readonly of: number };
  /** One for each metric, in the order in which they are shown. */
  readonly scores: readonly Score[];
  /** Who woke whom, by path; none where the log has no order in full. */
  readonly paths: readonly PathLinks[];
  /** In the profile of the run, where it was made. */
  readonly matrix: MatrixFile | undefined;
  /** In the profile of the run, then in the other, as far as they were made. */
  readonly outages: readonly OutageFile[];
  /** As far as `cost`, `latency` and `decide` left them. */
  readonly cost: CostReport | undefined;
  readonly latency: LatencyReport | undefined;
  readonly decided: DecisionFile | undefined;
  /** As far as `footprint` and `sweep` left them. */
  readonly footprint: FootprintReport | undefined;
  readonly sweep: SweepReport | undefined;
  /** Those with a finding first, then those that differ most. */
  readonly pairs: readonly Pair[];
  /** Where each order of the log stood in the end, in the order of the log. */
  readonly orders: readonly LastKnown[];
  /** One for each variant that this checkout has. */
  readonly flows: readonly ObservedFlow[];
  /** Which resources hold the flow of the variants, as far as that was found for this source. */
  readonly held: readonly HeldFlow[];
  /** As `flows`: what there is to look after. */
  readonly operations: readonly Operations[];
}
