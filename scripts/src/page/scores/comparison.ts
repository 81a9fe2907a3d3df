import { threshold } from "../../decision/weigh.ts";
import type { Count } from "../../runs/counts.ts";
import type { Metric } from "./metrics.ts";

/** What the values of a metric say of the variants. */
export interface Comparison {
  /** Who wins, or that no one does. */
  readonly phrase: string;
  /** The variant that is better by `threshold` or more than every other, where there is one. */
  readonly winner: string | undefined;
  /** Who is worst and by how much, where no one wins and that is beyond the threshold. */
  readonly last?: string;
  /** Each value as a multiple of the least; nothing where that is 0 or unknown. */
  readonly relative: Readonly<Record<string, number>>;
}

const names = new Intl.ListFormat("en", { type: "conjunction" });

/** @param values by the name of the variant */
export function compareValues(values: Readonly<Record<string, Count>>, kind: Metric["kind"]): Comparison {
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== "unknown");
  if (known.length < Object.keys(values).length) {
    return { phrase: "unknown: not every variant could be counted there", winner: undefined, relative: {} };
  }
  const least = Math.min(...known.map(([, value]) => value));
  const relative = least > 0 ? Object.fromEntries(known.map(([name, value]) => [name, value / least])) : {};
  const best = known.filter(([, value]) => value === least).map(([name]) => name);
  const others = known.filter(([, value]) => value !== least);
  if (others.length === 0) return { phrase: "no difference", winner: undefined, relative };
  if (kind === "parity") return { phrase: "differs, and must not", winner: undefined, relative };
  if (kind === "own") {
    const users = known.filter(([, value]) => value > 0).map(([name]) => name);
    return { phrase: `used by ${names.format(users)}; not weighed`, winner: undefined, relative: {} };
  }
  if (least === 0)
    return {
      phrase: `${names.format(best)} ${best.length === 1 ? "needs" : "need"} none`,
      winner: only(best),
      relative,
    };
  const times = Math.min(...others.map(([, value]) => value)) / least;
  const fewer = `${names.format(best)}: ${times.toFixed(1)} times fewer`;
  if (times >= threshold) return { phrase: fewer, winner: only(best), relative };
  const most = Math.max(...known.map(([, value]) => value));
  const worst = known.filter(([, value]) => value === most).map(([name]) => name);
  return {
    phrase: `no one: ${times.toFixed(2)} times is less than ${threshold}`,
    winner: undefined,
    relative,
    ...(most / least >= threshold && { last: `${names.format(worst)} last, ×${(most / least).toFixed(2)}` }),
  };
}

const only = (best: readonly string[]): string | undefined => (best.length === 1 ? best[0] : undefined);
