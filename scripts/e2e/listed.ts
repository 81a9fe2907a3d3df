import { readFileSync } from "node:fs";

/**
 * What the end-to-end suite must run on LocalStack 4.14: `e2e` fails there where any of it did not pass, and a test
 * asks that nothing is missing in the list.
 */
export const onLocalStack = JSON.parse(readFileSync(new URL("localstack.json", import.meta.url), "utf8")) as {
  readonly variants: readonly string[];
  readonly scenarios: readonly string[];
};
