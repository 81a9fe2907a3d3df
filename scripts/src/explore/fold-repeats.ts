import type { StoryLine } from "@ovsc/shared/variant";

/** The most lines that come again together: a sweep of a few orders that fails has about so many. */
const mostLines = 24;

/** A story in which lines that come again right after themselves, alone or several together, are told once. */
export function foldRepeats(lines: readonly StoryLine[]): StoryLine[] {
  let folded = [...lines];
  for (let size = 1; size <= mostLines; size += 1) folded = foldOf(folded, size);
  return folded;
}

/** @param size how many lines come again together */
function foldOf(lines: readonly StoryLine[], size: number): StoryLine[] {
  const folded: StoryLine[] = [];
  for (let at = 0; at < lines.length;) {
    const times = timesAgain(lines, at, size);
    // A line that came twice is as short as saying so.
    if (times * size < 2) {
      folded.push(lines[at]!);
      at += 1;
      continue;
    }
    folded.push(...lines.slice(at, at + size));
    const { atMs } = lines[at + (times + 1) * size - 1]!;
    folded.push({ atMs, text: `  … ${size === 1 ? "that" : `these ${size} lines`} ${times} times more, until now` });
    at += (times + 1) * size;
  }
  return folded;
}

/** How often the lines from here come again right after themselves. */
function timesAgain(lines: readonly StoryLine[], at: number, size: number): number {
  let end = at + size;
  while (end < lines.length && lines[end]!.text === lines[end - size]!.text) end += 1;
  return Math.floor((end - at) / size) - 1;
}
