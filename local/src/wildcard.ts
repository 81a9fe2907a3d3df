/** What stands for others in a pattern: any text, one character, and the same within one segment of an ARN. */
export type Wild = "any text" | "one character" | "any text without colon" | "one character but a colon";

/** A pattern in order: literal texts, and what stands for others. */
export type Piece = { readonly text: string } | { readonly wild: Wild };

/**
 * The one matcher of patterns with wildcards: policies, event patterns and StringMatches.
 * @returns whether a whole text matches, in time that grows with the text and the pattern, never faster
 */
export function matcher(pieces: readonly Piece[]): (text: string) => boolean {
  const isSimple = pieces.every((piece) => "text" in piece || piece.wild === "any text");
  return isSimple ? textsInOrder(betweenStars(pieces)) : allWays(pieces);
}

/** The literal texts before, between and after the stars. */
function betweenStars(pieces: readonly Piece[]): readonly string[] {
  const parts = [""];
  for (const piece of pieces) {
    if ("text" in piece) parts[parts.length - 1] += piece.text;
    else parts.push("");
  }
  return parts;
}

/**
 * Whether a text is the parts in order with anything, or nothing, between each two: the first place where a part can
 * stand is as good as any later one.
 */
export function textsInOrder(parts: readonly string[]): (text: string) => boolean {
  const first = parts[0]!;
  if (parts.length === 1) return (text) => text === first;
  const last = parts.at(-1)!;
  const middle = parts.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    const end = text.length - last.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

const colon = 0x3a;
/** Beside the codes of characters, what a step of a pattern takes. */
const anything = -1;
const anythingButColon = -2;

interface Step {
  readonly takes: number;
  /** Whether it takes any number of characters, none included. */
  readonly repeats: boolean;
}

/** Follows all ways through the pattern at once, one character after the other. */
function allWays(pieces: readonly Piece[]): (text: string) => boolean {
  const steps = pieces.flatMap(stepsOf);
  return (text) => {
    let ways = new Uint8Array(steps.length + 1);
    let next = new Uint8Array(steps.length + 1);
    ways[0] = 1;
    for (let index = 0; index < text.length; index++) {
      next.fill(0);
      step(steps, ways, next, text.charCodeAt(index));
      [ways, next] = [next, ways];
    }
    skip(steps, ways);
    return ways[steps.length] === 1;
  };
}

/** Where the ways lead by one more character. */
function step(steps: readonly Step[], ways: Uint8Array, next: Uint8Array, char: number): void {
  for (let position = 0; position < steps.length; position++) {
    if (ways[position] === 0) continue;
    const { takes, repeats } = steps[position]!;
    if (repeats) ways[position + 1] = 1;
    if (takes !== char && takes !== anything && (takes !== anythingButColon || char === colon)) continue;
    next[repeats ? position : position + 1] = 1;
  }
}

/** What may be nothing is passed over. */
function skip(steps: readonly Step[], ways: Uint8Array): void {
  for (const [position, { repeats }] of steps.entries()) if (repeats && ways[position] === 1) ways[position + 1] = 1;
}

function stepsOf(piece: Piece): Step[] {
  if ("wild" in piece) {
    const takes = piece.wild.endsWith("colon") ? anythingButColon : anything;
    return [{ takes, repeats: piece.wild.startsWith("any text") }];
  }
  return Array.from({ length: piece.text.length }, (_, at) => ({ takes: piece.text.charCodeAt(at), repeats: false }));
}
