import { PatternError } from "./json-tokens.ts";

/** A range of addresses as hexadecimal digits, both ends included; 8 digits for IPv4, 32 for IPv6. */
export interface IpRange {
  readonly bottom: string;
  readonly top: string;
}

const ipv4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const ipv6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

/** @returns the hexadecimal digits of an address, undefined for any other text */
export function ipDigits(text: string): string | undefined {
  if (ipv4.test(text)) return ipv4Digits(text);
  if (ipv6.test(text)) return ipv6Digits(text);
  return undefined;
}

/**
 * The addresses of a CIDR block.
 * @throws PatternError in AWS's words, which name no place for these
 */
export function cidrRange(cidr: string): IpRange {
  const parts = cidr.split("/");
  while (parts.at(-1) === "" && parts.length > 1) parts.pop();
  const [address, bits] = parts;
  if (parts.length !== 2 || address === undefined || bits === undefined) {
    throw new PatternError("Malformed CIDR, one '/' required");
  }
  if (!/^[+-]?[0-9]+$/.test(bits) || Math.abs(Number(bits)) > 0x7fff_ffff) {
    throw new PatternError("Malformed CIDR, mask bits must be an integer");
  }
  const maskBits = Number(bits);
  if (maskBits < 0) throw new PatternError("Malformed CIDR, mask bits must not be negative");
  const digits = ipDigits(address);
  if (digits === undefined) {
    const isShaped = ipv4.test(address) || ipv6.test(address);
    throw new PatternError(`${isShaped ? "Invalid" : "Nonstandard"} IP address: ${address}`);
  }
  const length = digits.length * 4;
  if (maskBits >= length)
    throw new PatternError(length === 32 ? "IPv4 mask bits must be < 32" : "IPv6 mask bits must be < 128");
  const free = (1n << BigInt(length - maskBits)) - 1n;
  const value = BigInt(`0x${digits}`);
  const write = (bound: bigint) => bound.toString(16).toUpperCase().padStart(digits.length, "0");
  return { bottom: write(value & ~free), top: write(value | free) };
}

/**
 * Whether an address lies in a range. event-ruler decides digit by digit and stops at the first digit that settles it,
 * so an IPv6 address may fall into an IPv4 range that its first digits lie in.
 */
export function inRange(digits: string, { bottom, top }: IpRange): boolean {
  const head = digits.slice(0, bottom.length);
  if (digits.length >= bottom.length) return head >= bottom && head <= top;
  return head > bottom.slice(0, head.length) && head < top.slice(0, head.length);
}

function ipv4Digits(text: string): string | undefined {
  const bytes = text.split(".").map(Number);
  if (text.length > 15 || bytes.some((byte) => byte > 255)) return undefined;
  return bytes.map((byte) => hex(byte, 2)).join("");
}

function ipv6Digits(text: string): string | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups = [...head!, ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  if (tail === undefined ? groups.length !== 8 : groups.length > 7) return undefined;
  const zeros = Array.from({ length: 8 - groups.length }, () => "0");
  const digits = [...head!, ...zeros, ...(tail ?? [])].map((group) => hex(Number.parseInt(group, 16), 4)).join("");
  const mapped = "00000000000000000000FFFF";
  return digits.startsWith(mapped) ? digits.slice(mapped.length) : digits;
}

const hex = (value: number, length: number): string => value.toString(16).toUpperCase().padStart(length, "0");
