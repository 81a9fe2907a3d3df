import { fileURLToPath } from "node:url";
import * as z from "zod";
import { exit, Failure } from "../failure.ts";
import { readJsonFile } from "../json-file.ts";

/** What AWS bills: each has a price a unit. */
export const priceIds = [
  "transition",
  "express-request",
  "express-duration",
  "durable-operation",
  "durable-written",
  "durable-retained",
  "event",
  "archive-processing",
  "archive-storage",
  "function-request",
  "function-duration-x86_64",
  "function-duration-arm64",
  "write-unit",
  "read-unit",
  "queue-request",
  "log-ingestion",
  "trace",
  "alarm",
  "custom-metric",
] as const;
export type PriceId = (typeof priceIds)[number];

const Price = z.strictObject({
  id: z.enum(priceIds),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, "such as us-east-1"),
  /** Of one unit. */
  usd: z.number().nonnegative(),
  unit: z.string().min(1),
  /** Prices by cumulative units of a month; `upTo: null` is the last. */
  tiers: z.array(z.strictObject({ upTo: z.number().positive().nullable(), usd: z.number().nonnegative() })).optional(),
  /** Units that cost nothing each month, for an account that has not used them elsewhere. */
  freePerMonth: z.number().positive().optional(),
  /** The page that lists it. */
  source: z.string().min(1),
  /** That page is not AWS's own, so the price is what others say of it. */
  isSecondary: z.literal(true).optional(),
  /** When it was read there, as precisely as is known. */
  asOf: z.string().min(1),
});
export type Price = z.infer<typeof Price>;

const PriceList = z.strictObject({
  currency: z.literal("USD"),
  /** When the list was put together. */
  collected: z.iso.date(),
  prices: z.array(Price).min(1),
});
export type PriceList = z.infer<typeof PriceList>;

/** The prices that come with the project. */
export const ownPrices = fileURLToPath(new URL("prices.json", import.meta.url));

/**
 * Reads a price list: JSON in the form of `prices.json`.
 * @throws Failure for a file that cannot be read or has another form: it names the field
 */
export const readPrices = (file: string): PriceList =>
  readJsonFile(file, { what: "price list", schema: PriceList, next: `copy ${ownPrices} and change its prices` });

/** The prices of one Region, by id. */
export type Prices = ReadonlyMap<PriceId, Price>;

/** @throws Failure for a Region of which the list has nothing at all: it names those it has */
export function pricesIn({ prices }: PriceList, region: string): Prices {
  const own = prices.filter((price) => price.region === region);
  if (own.length > 0) return new Map(own.map((price) => [price.id, price]));
  const regions = [...new Set(prices.map((price) => price.region))].join(", ");
  throw new Failure(`no price of ${region} is known: there are ${regions}`, {
    exitCode: exit.usage,
    next: "pnpm cost --region us-east-1, or --prices FILE with prices of your own",
  });
}

/**
 * What so many units of a month cost, in US dollars.
 * @param freeTier the month's free units are taken off first
 */
export function priceOf({ usd, tiers, freePerMonth = 0 }: Price, units: number, freeTier: boolean): number {
  const billed = freeTier ? Math.max(0, units - freePerMonth) : units;
  if (!tiers) return billed * usd;
  let below = 0;
  let sum = 0;
  for (const { upTo, usd: tierUsd } of tiers) {
    const end = Math.min(billed, upTo ?? Infinity);
    if (end > below) sum += (end - below) * tierUsd;
    below = Math.max(below, end);
  }
  return sum;
}
