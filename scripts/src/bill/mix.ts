import { readFileSync } from "node:fs";
import { exit, Failure } from "../failure.ts";
import { type Scenario, scenarioNamed } from "../orders/scenarios.ts";

/** What becomes of a month's orders: the share of each scenario; they add up to 1. */
export type Mix = ReadonlyMap<Scenario, number>;

/** Orders of a shop where most goes well. An assumption: give your own with `--mix`. */
const usual = { happy: 96, declined: 2, "out-of-stock": 1, "shipping-refused": 0.5, "charge-answer-lost-once": 0.5 };

export const usualMix: Mix = mixOf(usual);

/**
 * Reads a mix: a JSON object of scenarios and their weights, such as `{"happy": 97, "declined": 3}`.
 * @throws Failure for a file that cannot be read, is no such object or names an unknown scenario
 */
export function readMix(file: string): Mix {
  const next = `write ${JSON.stringify(usual)} to a file and change its numbers`;
  const refuse = (why: string) => new Failure(`${file} is no mix: ${why}`, { exitCode: exit.usage, next });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`cannot read a mix from ${file}: ${(error as Error).message}`, { exitCode: exit.usage, next });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw refuse("it must be one JSON object");
  for (const [name, weight] of Object.entries(json)) {
    if (typeof weight !== "number" || !(weight >= 0 && weight < Infinity))
      throw refuse(`${name}: a number from 0 on is wanted, not ${JSON.stringify(weight)}`);
  }
  if (!Object.values(json as Record<string, number>).some((weight) => weight > 0))
    throw refuse("its weights add up to 0");
  return mixOf(json as Record<string, number>);
}

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
