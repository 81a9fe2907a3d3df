const format = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a timestamp of the RFC 3339 profile that Step Functions takes: `T` and `Z` in capitals, seconds given, an
 * offset required.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
 * @returns milliseconds since 1970; undefined for anything else
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== "string" || !format.test(value)) return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : atMs;
}
