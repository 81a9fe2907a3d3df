/**
 * The shortest part of a list that still shows something: leaving out any one more of its items would not (ddmin, by
 * Andreas Zeller).
 * @param shows whether a part of the list shows it; the whole list does
 */
export async function shrink<Item>(
  items: readonly Item[],
  shows: (part: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  let left = items;
  for (let chunks = 2; left.length > 0;) {
    const size = Math.ceil(left.length / chunks);
    const shorter = await firstThat(without(left, size), shows);
    if (shorter) {
      left = shorter;
      chunks = Math.max(2, chunks - 1);
    } else if (size === 1) return left;
    else chunks = Math.min(left.length, 2 * chunks);
  }
  return left;
}

/** The list without one chunk after the other. */
const without = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) =>
    items.filter((_item, index) => Math.floor(index / size) !== chunk),
  );

async function firstThat<Part>(parts: readonly Part[], shows: (part: Part) => Promise<boolean>) {
  for (const part of parts) if (await shows(part)) return part;
  return undefined;
}
