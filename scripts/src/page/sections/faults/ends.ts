import { isSettled, type OrderStatus } from "@ovsc/shared";
import type { KeptCell } from "../../../faults/kept.ts";
import { scenarios } from "../../../orders/scenarios.ts";

/** `happy/ChargePayment/table/time-out/3-tries` by its parts. */
export function partsOf({ cell }: Pick<KeptCell, "cell">) {
  const [scenario = "", step = "", dependency = "", kind = "", extent = ""] = cell.split("/");
  return { scenario, step, dependency, kind, extent };
}

const words: Readonly<Record<string, string>> = {
  SHIPPED: "shipped",
  INVENTORY_FAILED: "nothing reserved",
  INVENTORY_RELEASED: "released",
  NEEDS_ATTENTION: "parked",
};

/** How an order ended, in a word; one that stays under way for ever is stuck. */
export const endWord = (end: string): string =>
  words[end] ?? (isSettled(end as OrderStatus) || end === "never created" ? end : "stuck");

/** Several variants of which the same is said. */
export interface Said {
  readonly variants: readonly string[];
  readonly text: string;
}

/** What is said where no order ends otherwise than without the fault. */
export const unharmed = "unharmed";

/** What a fault makes of the orders, step by step, against how they end without it: the most common first. */
export function harmOf(cells: readonly KeptCell[], variants: readonly string[]): Said[] {
  return grouped(
    variants.flatMap((variant) => {
      const own = cells.filter(({ ends }) => variant in ends);
      return own.length === 0 ? [] : [{ variant, text: harmTo(variant, own) }];
    }),
  );
}

/** `3 released, 1 parked`: at so many steps the order then ends so, and would not without the fault. */
function harmTo(variant: string, cells: readonly KeptCell[]): string {
  const harmed = cells.flatMap((cell) => {
    const end = cell.ends[variant]!;
    const { scenario } = partsOf(cell);
    const without = scenarios.find(({ name }) => name === scenario)?.ends[0];
    return end === without ? [] : [endWord(end)];
  });
  if (harmed.length === 0) return unharmed;
  const counts = [...Map.groupBy(harmed, (word) => word)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return counts.map(([word, all]) => `${all.length} ${word}`).join(", ");
}

/** How the order of one cell ended. */
export const endsOf = ({ ends }: KeptCell, variants: readonly string[]): Said[] =>
  grouped(variants.flatMap((variant) => (variant in ends ? [{ variant, text: endWord(ends[variant]!) }] : [])));

function grouped(all: readonly { readonly variant: string; readonly text: string }[]): Said[] {
  return [...Map.groupBy(all, ({ text }) => text)]
    .map(([text, own]) => ({ text, variants: own.map(({ variant }) => variant) }))
    .toSorted((a, b) => b.variants.length - a.variants.length);
}
