import { z } from "zod";
import { AwsError, UnknownFeature } from "../../errors.ts";

/**
 * Reads the input of an operation.
 * @param schema strict, so that a parameter the cloud does not know is refused by name
 * @throws AwsError ValidationException for a value that breaks the schema
 */
export function parameters<Input>(schema: z.ZodType<Input>, operation: string, input: unknown): Input {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") {
    throw new UnknownFeature(`the parameter ${issue.keys.join(", ")} of states:${operation}`, operation);
  }
  const member = issue?.path.join(".") ?? "";
  throw new AwsError(
    "ValidationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? "invalid"}`,
  );
}

const pageSize = z.int().min(0).max(1000).optional();

/** A page of a list: at most 1,000 entries, 100 by default; 0 stands for the default. */
export const paging = { maxResults: pageSize, nextToken: z.string().optional() };

/**
 * Cuts a page; the token is the position of the next one.
 * @returns the page, and in `from` the position of its first entry
 * @throws AwsError InvalidToken for a token that no list gave
 */
export function page<Entry>(
  entries: readonly Entry[],
  { maxResults, nextToken }: { maxResults?: number | undefined; nextToken?: string | undefined },
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
