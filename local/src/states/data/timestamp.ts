const format = /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a timestamp of the RFC 3339 profile that Step Functions takes: `T` and `Z` in capitals, seconds given, an
 * offset required.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html
 * @returns milliseconds since 1970; undefined for anything else
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const [, year, month, day] = format.exec(value) ?? [];
  // Date.parse takes the 31st of any month for a day, and hour 24 for one.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  const atMs = year === undefined ? NaN : Date.parse(value);
  return Number.isNaN(atMs) ? undefined : atMs;
}
