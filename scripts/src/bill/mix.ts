import * as z from "zod";
import { readJsonFile } from "../json-file.ts";
import { type Scenario, scenarioNamed } from "../orders/scenarios.ts";

/** What becomes of a month's orders: the share of each scenario; they add up to 1. */
export type Mix = ReadonlyMap<Scenario, number>;

/** Orders of a shop where most goes well. An assumption: give your own with `--mix`. */
const usual = { happy: 96, declined: 2, "out-of-stock": 1, "shipping-refused": 0.5, "charge-answer-lost-once": 0.5 };

export const usualMix: Mix = mixOf(usual);

const wanted = ({ input }: { readonly input?: unknown }): string =>
  `a number from 0 on is wanted, not ${JSON.stringify(input)}`;
const Weights = z
  .record(z.string(), z.number({ error: wanted }).min(0, { error: wanted }), { error: "it must be one JSON object" })
  .refine((weights) => Object.values(weights).some((weight) => weight > 0), "its weights add up to 0");

/**
 * Reads a mix: a JSON object of scenarios and their weights, such as `{"happy": 97, "declined": 3}`.
 * @throws Failure for a file that cannot be read, is no such object or names an unknown scenario
 */
export const readMix = (file: string): Mix =>
  mixOf(
    readJsonFile(file, {
      what: "mix",
      schema: Weights,
      next: `write ${JSON.stringify(usual)} to a file and change its numbers`,
    }),
  );

function mixOf(weights: Readonly<Record<string, number>>): Mix {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return new Map(
    Object.entries(weights).map(([name, weight]) => [scenarioNamed(name, "pnpm cost --mix FILE, with"), weight / sum]),
  );
}

/** The same mix with another share of orders that go otherwise than `happy`. Where all are happy, it stays. */
export function withFailureRate(mix: Mix, rate: number): Mix {
  const failing = [...mix].filter(([{ name }]) => name !== "happy");
  const sum = failing.reduce((total, [, share]) => total + share, 0);
  if (sum === 0) return mix;
  return new Map([
    [scenarioNamed("happy", "pnpm cost"), 1 - rate] as const,
    ...failing.map(([scenario, share]) => [scenario, (rate * share) / sum] as const),
  ]);
}

/** For a person: `happy 96 %, declined 2 %`. */
export const renderMix = (mix: Mix): string =>
  [...mix].map(([{ name }, share]) => `${name} ${Number((100 * share).toFixed(2))} %`).join(", ");
