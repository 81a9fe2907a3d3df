import { RE2JS } from "re2js";
import { UnknownFeature } from "../../errors.ts";

const flagBits: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };

/**
 * A regular expression of JSONata whose matching takes time linear in the text, as far as JSONata uses a RegExp.
 * A backtracking engine may take longer than any run; look-around and back-references, which need one, are refused.
 */
export class LinearRegex {
  lastIndex = 0;
  readonly #compiled: RE2JS;

  /** @throws Error for what RE2 does not have */
  constructor({ source, flags }: RegExp) {
    let bits = 0;
    for (const flag in flagBits) if (flags.includes(flag)) bits |= flagBits[flag]!;
    this.#compiled = RE2JS.compile(RE2JS.translateRegExp(source), bits);
  }

  /** As RegExp.prototype.exec of an expression with the flag `g`. */
  exec(text: string): RegExpExecArray | null {
    const matcher = this.#compiled.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined);
    return Object.assign(groups, { index: matcher.start(), input: text }) as unknown as RegExpExecArray;
  }
}

/**
 * Checks the regular expressions of a parsed JSONata expression.
 * @param ast as `expression.ast()` gives it
 * @throws UnknownFeature
 */
export function checkRegexes(ast: unknown, where: string): void {
  const seen = new Set<unknown>();
  const open = [ast];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (!(node instanceof RegExp)) {
      open.push(...Object.values(node).filter((member) => member !== undefined));
      continue;
    }
    try {
      void new LinearRegex(node);
    } catch (error) {
      throw new UnknownFeature(`the regular expression ${String(node)} (${(error as Error).message})`, where);
    }
  }
}
