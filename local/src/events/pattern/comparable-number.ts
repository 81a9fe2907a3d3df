/**
 * A number of an event as its text. event-ruler compares numbers as binary64, but only where that loses nothing; any
 * other number (such as 20 digits) is compared as the text it was written in.
 */
export class LongNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** @returns the number as binary64, undefined where that would change it (event-ruler's ComparableNumber) */
export function comparable(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return isShort(text) || decimal(text) === decimal(String(value)) ? value + 0 : undefined;
}

/** Up to 15 significant digits always survive; this is nearly every number there is. */
const isShort = (text: string): boolean => text.length <= 15 && !/[eE]/.test(text);

/** The same text for every way to write the same decimal number. */
function decimal(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
