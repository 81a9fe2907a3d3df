import { variant as choreography } from "@ovsc/choreography";
import { variant as chain } from "@ovsc/choreography/chain";
import { variant as orchestration } from "@ovsc/orchestration";
import type { Variant } from "@ovsc/shared/variant";
import { exit, Failure } from "./failure.ts";

/** Every variant. The first is what the others are held against. */
export const variants: readonly Variant[] = [choreography, orchestration, chain];

export const variantNames: readonly string[] = variants.map(({ name }) => name);

/** @throws Failure naming the variants that exist */
export function variantNamed(name: string): Variant {
  const variant = variants.find((each) => each.name === name);
  if (variant) return variant;
  throw new Failure(`unknown variant ${name}: there are ${variantNames.join(", ")}`, { exitCode: exit.usage });
}
