/** Lines of a stack trace: members of a list in JSON, however often it was escaped, and lines of a text. */
const members = /,?\\*"\s+at [^"]*"/g;
const lines = /(?:\\+n|\n)\s+at (?:(?!\\+n)[^"\n])*/g;

/**
 * How many bytes of UTF-8 a text takes. The lines of stack traces are left out: they say where the code of a bundle
 * stands, which differs between two bundles of one source.
 */
export function billedBytes(text: string): number {
  return Buffer.byteLength(text.includes("  at ") ? text.replaceAll(members, "").replaceAll(lines, "") : text);
}
