import { variant as chain } from "@ovsc/chain";
import { variant as choreography } from "@ovsc/choreography";
import { variant as durable } from "@ovsc/durable";
import { expressAsync, expressSync } from "@ovsc/express";
import { variant as hybrid } from "@ovsc/hybrid";
import { variant as orchestration } from "@ovsc/orchestration";
import type { Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "./failure.ts";

/** The two that run where none are named. The first is what all others are held against. */
export const pair: readonly Variant[] = [choreography, orchestration];

/** Every variant. */
export const variants: readonly Variant[] = [...pair, chain, expressSync, expressAsync, hybrid, durable];

export const variantNames: readonly string[] = variants.map(({ name }) => name);

/** @throws Failure naming the variants that exist */
export function variantNamed(name: string): Variant {
  const variant = variants.find((each) => each.name === name);
  if (variant) return variant;
  throw new Failure(`unknown variant ${name}: there are ${variantNames.join(", ")}`, { exitCode: exit.usage });
}

/**
 * The variants that a command line names.
 * @param names separated by commas, or `all`; the pair if not given
 * @throws Failure naming the variants that exist
 */
export function chosenVariants(names: string | undefined): readonly Variant[] {
  if (names === undefined) return pair;
  if (names === "all") return variants;
  const chosen = names.split(",").map((name) => variantNamed(name.trim()));
  return variants.filter((variant) => chosen.includes(variant));
}
