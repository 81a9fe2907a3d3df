/**
 * A pattern of StringMatches: `*` stands for any text, `\*` and `\\` for themselves.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const source = pattern.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (found, escaped: string | undefined) =>
    escaped !== undefined ? `\\${escaped}` : found === "*" ? "[\\s\\S]*" : `\\${found}`,
  );
  const expression = new RegExp(`^${source}$`);
  return (text) => expression.test(text);
}
