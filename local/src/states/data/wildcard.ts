/**
 * A pattern of StringMatches: `*` stands for any text, `\*` and `\\` for themselves.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 * @returns a test that never goes back behind a part it has found
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const parts = [""];
  for (const [token] of pattern.matchAll(/\\[*\\]|[\s\S]/g)) {
    if (token === "*") parts.push("");
    else parts[parts.length - 1] += token.length > 1 ? token[1]! : token;
  }
  const first = parts.shift()!;
  const last = parts.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    // The leftmost place of each part leaves the most room to those after it.
    let from = first.length;
    for (const part of parts) {
      const at = text.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= end;
  };
}
