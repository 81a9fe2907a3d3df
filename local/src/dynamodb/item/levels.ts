import type { AttributeValue } from "./attribute-value.ts";

/** How many levels a value has: one for a scalar or a set, one more around what a list or map holds. */
export function levelsOf(value: AttributeValue): number {
  let deepest = 0;
  const contents = "L" in value ? value.L : "M" in value ? Object.values(value.M) : [];
  for (const each of contents) deepest = Math.max(deepest, levelsOf(each));
  return deepest + 1;
}
