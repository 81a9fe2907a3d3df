import type { Story } from "../../story/story.ts";

/** A business step, or a try of it, that stands at the same height on every side. */
export interface Block {
  readonly title: string;
  /** The row of its title; its moments begin in the next. */
  readonly row: number;
  readonly rows: number;
}

/** Where the moments of several stories stand, so that the same step is at the same height. */
export interface Alignment {
  readonly blocks: readonly Block[];
  readonly rows: number;
  /** For each story the row of each of its moments. */
  readonly rowsOf: readonly (readonly number[])[];
}

interface Part {
  readonly title: string;
  moments: number;
}

export function align(stories: readonly Pick<Story, "moments">[]): Alignment {
  const sides = stories.map(partsOf);
  const titles = sides.map((parts) => parts.map(({ title }) => title)).reduce(merged);
  const next = sides.map(() => 0);
  const rowsOf: number[][] = sides.map(() => []);
  const blocks: Block[] = [];
  let row = 0;
  for (const title of titles) {
    const heights = sides.map((parts, side) => {
      const part = parts[next[side]!];
      if (part?.title !== title) return 0;
      next[side]! += 1;
      for (let at = 0; at < part.moments; at += 1) rowsOf[side]!.push(row + 1 + at);
      return part.moments;
    });
    const rows = 1 + Math.max(...heights);
    blocks.push({ title, row, rows });
    row += rows;
  }
  return { blocks, rows: row, rowsOf };
}

/** A story in parts: a new one where another step begins, or another try of it. */
function partsOf({ moments }: Pick<Story, "moments">): Part[] {
  const parts: Part[] = [];
  let tried = 1;
  for (const { step, kind, attempt = 1 } of moments) {
    // A workflow that goes on is still with the step that it invoked last.
    if (kind === "started" && step !== undefined) tried = attempt;
    else if (kind === "delivered" || kind === "moved") tried = 1;
    const last = parts.at(-1);
    const name = step ?? last?.title.replace(/, try \d+$/, "") ?? "placing";
    const title = tried > 1 ? `${name}, try ${tried}` : name;
    if (last?.title === title) last.moments += 1;
    else parts.push({ title, moments: 1 });
  }
  return parts;
}

/** The shortest list of which both are parts, in their order. */
function merged(left: readonly string[], right: readonly string[]): string[] {
  const common = commonLengths(left, right);
  const all: string[] = [];
  let [l, r] = [0, 0];
  while (l < left.length || r < right.length) {
    if (l < left.length && left[l] === right[r]) {
      all.push(left[l]!);
      l += 1;
      r += 1;
    } else if (r >= right.length || (l < left.length && common[l + 1]![r]! >= common[l]![r + 1]!)) {
      all.push(left[l]!);
      l += 1;
    } else {
      all.push(right[r]!);
      r += 1;
    }
  }
  return all;
}

/** How many entries the rests of two lists have in common, by where the rests begin. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => Array<number>(right.length + 1).fill(0));
  for (let l = left.length - 1; l >= 0; l -= 1) {
    for (let r = right.length - 1; r >= 0; r -= 1) {
      lengths[l]![r] =
        left[l] === right[r] ? 1 + lengths[l + 1]![r + 1]! : Math.max(lengths[l + 1]![r]!, lengths[l]![r + 1]!);
    }
  }
  return lengths;
}
