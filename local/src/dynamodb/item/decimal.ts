import { invalid } from "../failures.ts";

/*
 * DynamoDB's numbers: up to 38 significant digits, magnitude from 1E-130 to 9.9…E+125, kept as text because a double
 * holds 17 digits at most.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html, 2026-11-21
 */
const short = /^(?:0|-?[1-9]\d{0,14})$/u;
const written = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/u;

/** `0.digits` times ten to the `exponent`; `digits` has no zero at either end, and is empty for zero. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * The number as DynamoDB gives it back: plain notation, no leading or trailing zeros.
 * @throws AwsError ValidationException for what is no number, or one outside DynamoDB's precision or range
 */
export function normalizeNumber(text: string): string {
  if (short.test(text)) return text;
  if (text === "") throw invalid("The parameter cannot be converted to a numeric value");
  const decimal = parse(text);
  if (!decimal) throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  if (decimal.exponent > 126) {
    throw invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
  }
  if (decimal.exponent < -129) {
    throw invalid("Number underflow. Attempting to store a number with magnitude smaller than supported range");
  }
  if (decimal.digits.length > 38) throw invalid("Attempting to store more than 38 significant digits in a Number");
  return plain(decimal);
}

/** The exact sum, normalized; both operands normalized. @throws AwsError as `normalizeNumber` */
export function addNumbers(a: string, b: string): string {
  if (short.test(a) && short.test(b)) return String(Number(a) + Number(b));
  const scale = Math.max(fractionDigits(a), fractionDigits(b));
  const sum = (scaled(a, scale) + scaled(b, scale)).toString();
  return normalizeNumber(scale === 0 ? sum : `${sum}e-${scale}`);
}

/** The exact difference, normalized. */
export const subtractNumbers = (a: string, b: string): string =>
  addNumbers(a, b.startsWith("-") ? b.slice(1) : b === "0" ? b : `-${b}`);

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`; both normalized. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0;
  // Rounding to a double keeps order, so only numbers that round to the same double need their digits compared.
  const difference = Number(a) - Number(b);
  if (difference !== 0) return difference;
  return orderText(a) < orderText(b) ? -1 : 1;
}

/** Text that sorts by code unit as the normalized number sorts by value. */
export function orderText(number: string): string {
  const { negative, digits, exponent } = parse(number)!;
  if (digits === "") return "1";
  const magnitude = String(exponent + 500) + digits;
  // Nines' complement turns the order round; the closing "~" puts -12 after -123.
  return negative ? `0${magnitude.replace(/\d/gu, (digit) => String(9 - Number(digit)))}~` : `2${magnitude}`;
}

/** Significant digits, decimal exponent of the first digit (5 → 0, 50 → 1), and sign, for the size of a number. */
export function digitsOf(number: string): { count: number; exponent: number; negative: boolean } {
  const { negative, digits, exponent } = parse(number)!;
  return { count: digits.length, exponent: exponent - 1, negative };
}

function parse(text: string): Decimal | undefined {
  const match = written.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponentText] = match;
  const all = whole + fraction;
  const first = all.search(/[1-9]/u);
  if (first < 0) return { negative: false, digits: "", exponent: 0 };
  const exponent = whole.length - first + Number(exponentText ?? 0);
  return { negative: sign === "-", digits: withoutEndingZeros(all.slice(first)), exponent };
}

function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30 /* 0 */) end -= 1;
  return digits.slice(0, end);
}

function plain({ negative, digits, exponent }: Decimal): string {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent <= 0) return `${sign}0.${"0".repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return sign + digits + "0".repeat(exponent - digits.length);
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

function fractionDigits(normalized: string): number {
  const point = normalized.indexOf(".");
  return point < 0 ? 0 : normalized.length - point - 1;
}

const scaled = (normalized: string, scale: number): bigint =>
  BigInt(normalized.replace(".", "") + "0".repeat(scale - fractionDigits(normalized)));
