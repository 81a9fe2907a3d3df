/** A value that sources or cases disagree about; both ends are the same where they do not. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** Three digits, and both ends where they differ. */
export function spanText(value: Span | undefined): string {
  if (!value) return "unknown";
  return value.least === value.most ? figure(value.least) : `${figure(value.least)} to ${figure(value.most)}`;
}

// JSON has no word for what never ends.
const figure = (value: number | null): string =>
  value === null || value === Infinity ? "for ever" : Number(value.toPrecision(3)).toLocaleString("en");
