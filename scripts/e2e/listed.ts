import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Variant } from "@ovsc/shared/variant";
import type { TaskMeta } from "vitest";

/** What a test of the end-to-end suite holds of one variant. */
type Held = { readonly scenario: string } | { readonly drill: string };

declare module "vitest" {
  interface TaskMeta {
    /** Of a variant, by its name. */
    held?: Held & { readonly variant: string };
  }
}

/** The options of such a test: whoever reads the results finds it by this, and not by its title. */
export const heldBy = ({ name }: Variant, held: Held): { readonly meta: TaskMeta } => ({
  meta: { held: { ...held, variant: name } },
});

/**
 * What the end-to-end suite must run on LocalStack 4.14: `e2e` fails there where any of it did not pass, and a test
 * asks that nothing is missing in the list.
 */
export const onLocalStack = JSON.parse(readFileSync(new URL("localstack.json", import.meta.url), "utf8")) as {
  readonly variants: readonly string[];
  /** In each of them. */
  readonly scenarios: readonly string[];
  /** In those that run where none are named. */
  readonly drills: Readonly<Record<string, readonly string[]>>;
  /** Variants and drills that LocalStack does not know, with the reason. */
  readonly unknown: Readonly<Record<string, string>>;
};

/** @returns everything that is listed of these variants */
const listedOf = (variants: readonly Variant[]): Required<TaskMeta>["held"][] =>
  variants
    .map(({ name }) => name)
    .filter((variant) => onLocalStack.variants.includes(variant))
    .flatMap((variant) => [
      ...onLocalStack.scenarios.map((scenario) => ({ scenario, variant })),
      ...(onLocalStack.drills[variant] ?? []).map((drill) => ({ drill, variant })),
    ]);

/**
 * What is listed of the variants and did not pass: fewer is no success.
 * @param passed of each test that passed
 * @returns a line for each
 */
export const notPassed = (variants: readonly Variant[], passed: readonly TaskMeta[]): string[] =>
  listedOf(variants)
    .filter((listed) => !passed.some(({ held }) => isDeepStrictEqual(held, listed)))
    .map(({ variant, ...held }) => `${variant}, ${Object.entries(held).flat().join(" ")}`);
