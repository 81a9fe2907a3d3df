/** Data, to stdout. Every command prints through here, since an order id or a line of a file can hold any character. */
export const print = (text: string): void => void process.stdout.write(printable(text));

/** What is not data, to stderr: progress, findings, errors. */
export const note = (text: string): void => void process.stderr.write(printable(text));

/**
 * Escapes control characters and changes of text direction as JSON does (`\u001b`), so that text from an order cannot
 * move the cursor, and a line of JSON keeps its meaning.
 */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Control characters but tab and line feed, line separators, and what changes the direction of writing. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** How many columns the reader sees; none where nobody looks, such as a pipe or a file. */
export const columns = (): number => process.stdout.columns ?? (Number(process.env["COLUMNS"]) || Infinity);
