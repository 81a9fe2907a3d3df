/** Every two of a list, each in the order of the list: to hold one against the other. */
export const everyTwo = <Of>(list: readonly Of[]): [first: Of, second: Of][] =>
  list.flatMap((first, index) => list.slice(index + 1).map((second): [Of, Of] => [first, second]));
