import type { LastKnown } from "./last-known.ts";

/** What is said of an order whose log has no failure. */
export const nothingWrong = "no failure logged";

/** What is so in every variant: once where they agree, and else whose it is. */
export function together(variants: readonly string[], by: LastKnown["status"], otherwise: string): string {
  const said = Map.groupBy(variants, (variant) => by[variant] ?? otherwise);
  if (said.size === 1) return [...said.keys()].join();
  return [...said].map(([what, names]) => `${names.join(", ")}: ${what}`).join("; ");
}
