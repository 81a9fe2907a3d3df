import type { Verdict } from "../src/check/verdict.ts";

/** A verdict as a sentence. */
export function inWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case "passed":
      return "passed";
    case "no code":
      return verdict.error;
    case "missing":
      return verdict.what;
    case "broken":
      return `${verdict.first.variant}: ${verdict.first.broken.seen}`;
    case "not run":
      return verdict.why;
  }
}
