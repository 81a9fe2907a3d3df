import type { Difference, Variant } from "@ovsc/shared/variant";
import type { Finding } from "../judgement/judge.ts";

/** Where variants say that their orders end otherwise than in the first, and why, as a Markdown table. */
export function renderDeclared(variants: readonly Variant[]): string {
  const declared = variants.flatMap(({ name, differs = [] }) => differs.map((each) => ({ name, row: rowOf(each) })));
  const lines = [...Map.groupBy(declared, ({ row }) => row)].map(
    ([row, alike]) => `| ${alike.map(({ name }) => name).join(", ")} | ${row} |`,
  );
  return ["| variant | what befalls an order | it may end | because |", "|---|---|---|---|", ...lines, ""].join("\n");
}

function rowOf(difference: Difference): string {
  const { ends, swept, source, because } = difference;
  const [address] = source.split(" ");
  return `${befalls(difference)} | ${ends.join(", ")}${swept ? ", by the sweeper" : ""} | [${because}](${address})`;
}

/** What befalls an order, as a person says it. */
function befalls(difference: Difference): string {
  const { profile } = difference;
  const retries = profile ? `, with ${profile} retries` : "";
  if ("scenarios" in difference) return difference.scenarios.map((name) => `\`${name}\``).join(", ") + retries;
  if ("keptSeconds" in difference) return `faults whose retries take ${difference.keptSeconds} s and more${retries}`;
  const { kinds, dependencies, steps, atLeast } = difference;
  const where = [dependencies && ` of ${dependencies.join(", ")}`, steps && ` in ${steps.join(", ")}`];
  const long = atLeast && `, ${atLeast.attempts} tries or ${atLeast.seconds} s and more`;
  return [kinds.join(", "), ...where, long, retries].filter(Boolean).join("");
}

/** What is declared and did not happen, for stderr. */
export const renderOutdated = (outdated: readonly Finding[]): string =>
  outdated
    .flatMap(({ what, seen }) => Object.entries(seen).map(([name, each]) => ({ what, name, each: each as Difference })))
    .map(({ what, name, each }) => `\n${name} ${what}: ${befalls(each)}\n  take it out of the variant, or mend it\n`)
    .join("");
