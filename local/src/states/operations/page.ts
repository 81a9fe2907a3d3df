import { AwsError } from "../../errors.ts";

/** What a list is asked: at most 1,000 entries, 100 by default; 0 stands for the default. */
export interface PageInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/**
 * Cuts a page; the token is the position of the next one.
 * @returns the page, and in `from` the position of its first entry
 * @throws AwsError InvalidToken for a token that no list gave
 */
export function page<Entry>(
  entries: readonly Entry[],
  { maxResults, nextToken }: PageInput,
): { readonly entries: readonly Entry[]; readonly from: number; readonly next: { readonly nextToken?: string } } {
  const position = nextToken === undefined ? "0" : Buffer.from(nextToken, "base64url").toString();
  if (!/^\d+$/.test(position)) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
  const from = Number(position);
  const to = from + (maxResults || 100);
  return {
    entries: entries.slice(from, to),
    from,
    next: to < entries.length ? { nextToken: Buffer.from(String(to)).toString("base64url") } : {},
  };
}
