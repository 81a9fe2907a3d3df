import type { Profile } from "@ovsc/shared";
import type { Brief } from "./brief.ts";
import { type Chosen, chosenFor } from "./choose.ts";
import type { Evidence, EvidenceAt } from "./evidence.ts";
import { type Flip, flipsOf } from "./flips.ts";

/** A brief decided by evidence. */
export interface Decision extends Chosen {
  readonly brief: Brief;
  /** What makes the choice another, each by itself. */
  readonly flips: readonly Flip[];
}

/** What `decide` leaves for the report. */
export const decisionFile = "decision.json";
export interface DecisionFile extends Decision {
  /** The command that decides the same again. */
  readonly command: string;
  readonly profile: Profile;
  readonly region: string;
  /** The pages that the ceilings of its evidence were read from. */
  readonly quotas: string;
  readonly evidence: readonly Evidence[];
  /** What the same evidence comes to for the other briefs that come with the project. */
  readonly others: readonly Decision[];
}

/** First who passes, then who wins against all others that pass; and what would make it another. */
export function decide(brief: Brief, evidenceAt: EvidenceAt): Decision {
  const decided = chosenFor(brief, evidenceAt(brief.ordersPerMonth));
  return { brief, ...decided, flips: flipsOf(brief, evidenceAt) };
}
