import { isDeepStrictEqual } from "node:util";
import type { Result, RunResults, Tally } from "../../judgement/results.ts";
import { counted } from "../../report/words.ts";
import { figure } from "../parts.ts";

const names = new Intl.ListFormat("en", { type: "conjunction" });

/** What came of the orders of a run, in a sentence. */
export function whatCameOfIt(
  { results, verdict, refused, outdated = [] }: RunResults,
  variants: readonly string[],
): string {
  const placements = results.reduce((sum, result) => sum + result.orders, 0);
  const findings = results.reduce((sum, result) => sum + result.findingCount, 0);
  if (verdict === "unknown" || placements === 0) return "Nothing can be said: no order was compared to its end.";
  const through = `${placed(results, variants[0]!)} went through ${names.format(variants)}`;
  if (findings > 0) return `${through}, and ${counted(findings, "thing")} came out otherwise than they must.`;
  const lines = refused.length > 0 ? `; ${counted(refused.length, "malformed line")} of the file did not` : "";
  if (outdated.length > 0)
    return `${through}; ${counted(outdated.length, "declared difference")} did not happen${lines}.`;
  const but = declaredIn(results, variants).map((each) => `; but ${each}`);
  return `${through} and ended alike: same status, same stock, same money, same parcels${but.join("")}${lines}.`;
}

/** `50 orders`; where a placement was refused, or said twice, how many placements, and what came of them. */
function placed(results: readonly Result[], first: string): string {
  const placements = results.reduce((sum, { orders }) => sum + orders, 0);
  const ends = results.flatMap(({ variants }) => Object.entries(variants[first]!.ends));
  const sumOf = (those: typeof ends) => those.reduce((sum, [, count]) => sum + count, 0);
  const refused = sumOf(ends.filter(([end]) => end === "REJECTED"));
  const again = placements - sumOf(ends);
  const orders = counted(placements - refused - again, "order");
  if (refused + again === 0) return orders;
  const others = [
    ...(refused > 0 ? [`${refused} refused at the door`] : []),
    ...(again > 0 ? [`${again} said again`] : []),
  ];
  return `${counted(placements, "placement")} (${[orders, ...others].join(", ")})`;
}

/** In which scenario who came to its end otherwise than the first variant, as it declares. */
function declaredIn(results: readonly Result[], variants: readonly string[]): string[] {
  return results.flatMap(({ name: scenario, variants: tallies }) => {
    const { ends } = tallies[variants[0]!]!;
    const declaring = variants.filter((name) => tallies[name]!.declared > 0);
    const by = Map.groupBy(declaring, (name) => howOtherwise(tallies[name]!, ends));
    return [...by].map(([how, own]) => `in ${scenario}, as declared, ${names.format(own)} ${how}`);
  });
}

function howOtherwise({ ends, sweeps }: Tally, first: Tally["ends"]): string {
  if (!isDeepStrictEqual(ends, first)) return `ended ${endsText(ends)} and not ${endsText(first)}`;
  return sweeps > 0 ? "ended so by the sweeper alone" : "ended some orders otherwise";
}

/** `2 SHIPPED, REJECTED`: in the order of the alphabet. */
export const endsText = (ends: Tally["ends"]): string =>
  Object.entries(ends)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([end, count]) => (count === 1 ? end : `${figure(count)} ${end}`))
    .join(", ");
