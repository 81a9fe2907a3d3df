/** `unknown` where there was nothing to judge: no data is never valid. */
export type Verdict = "valid" | "invalid" | "unknown";

/** The verdict on all of these together. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("invalid")) return "invalid";
  return verdicts.length === 0 || verdicts.includes("unknown") ? "unknown" : "valid";
}
