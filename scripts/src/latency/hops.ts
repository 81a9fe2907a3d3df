import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Waker } from "../bill/metered.ts";

/** What one source says of a hop, in milliseconds. */
const HopSource = z.strictObject({
  hop: z.enum(["rule", "standard", "express"]),
  what: z.string(),
  p50: z.number().positive().optional(),
  p90: z.number().positive().optional(),
  p99: z.number().positive(),
  region: z.string().optional(),
  measured: z.string(),
  source: z.string(),
});
export type HopSource = z.infer<typeof HopSource>;

/** What lies before a function; of the last two no source tells. */
export type Hop = HopSource["hop"] | "direct" | "checkpoint";

const { hops } = z
  .strictObject({ unit: z.literal("ms"), collected: z.iso.date(), hops: z.array(HopSource) })
  .parse(JSON.parse(readFileSync(new URL("hops.json", import.meta.url), "utf8")));

/** Every dated source of a hop. */
export const sourcesOf = (hop: Hop): readonly HopSource[] => hops.filter((each) => each.hop === hop);

/** The hop that lies before a function that was woken so. */
export const hopBefore = {
  rule: "rule",
  "state machine": "standard",
  "Express state machine": "express",
  "durable execution": "checkpoint",
  function: "direct",
  client: "direct",
} as const satisfies Record<Waker, Hop>;

/** A log-normal distribution of milliseconds, by the mean and the standard deviation of its logarithm. */
export interface LogNormal {
  readonly mu: number;
  readonly sigma: number;
}

/** Standard normal quantiles. */
const z50 = 0;
const z90 = 1.2816;
export const z95 = 1.6449;
const z99 = 2.3263;

/**
 * The distribution that has a source's median and 90th percentile. A source that gives only its 99th percentile is
 * taken to spread as widely as the others of its hop do on average.
 */
export function distributionOf(source: HopSource): LogNormal {
  const { p50, p90, p99 } = source;
  if (p50 !== undefined && p90 !== undefined) return { mu: Math.log(p50), sigma: spread(p50, p90) };
  const sigmas = sourcesOf(source.hop).flatMap((each) =>
    each.p50 !== undefined && each.p90 !== undefined ? [spread(each.p50, each.p90)] : [],
  );
  const sigma = sigmas.reduce((sum, each) => sum + each, 0) / sigmas.length;
  return { mu: Math.log(p99) - z99 * sigma, sigma };
}

const spread = (p50: number, p90: number): number => (Math.log(p90) - Math.log(p50)) / (z90 - z50);

/** The same spread round another median. */
export const withMedian = ({ sigma }: LogNormal, p50: number): LogNormal => ({ mu: Math.log(p50), sigma });

/**
 * Quantiles of the sum of independent log-normal times and a fixed one, by Fenton and Wilkinson: the sum is taken to be
 * log-normal with the sum's mean and variance.
 * L. F. Fenton, The Sum of Log-Normal Probability Distributions in Scatter Transmission Systems, IRE Transactions on
 * Communications Systems 8(1), 1960
 */
export function sumOf(times: readonly LogNormal[], fixedMs: number): { readonly p50: number; readonly p95: number } {
  if (times.length === 0) return { p50: fixedMs, p95: fixedMs };
  let mean = 0;
  let variance = 0;
  for (const { mu, sigma } of times) {
    const own = Math.exp(mu + sigma ** 2 / 2);
    mean += own;
    variance += own ** 2 * (Math.exp(sigma ** 2) - 1);
  }
  const sigma2 = Math.log(1 + variance / mean ** 2);
  const mu = Math.log(mean) - sigma2 / 2;
  return { p50: fixedMs + Math.exp(mu), p95: fixedMs + Math.exp(mu + z95 * Math.sqrt(sigma2)) };
}
