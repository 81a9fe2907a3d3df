import type { Span } from "./evidence.ts";

/** Three digits, and both ends where they differ. */
export function spanText(value: Span | undefined): string {
  if (!value) return "unknown";
  return value.least === value.most ? figure(value.least) : `${figure(value.least)} to ${figure(value.most)}`;
}

// JSON has no word for what never ends.
const figure = (value: number | null): string =>
  value === null || value === Infinity ? "for ever" : Number(value.toPrecision(3)).toLocaleString("en");
