import { distance } from "fastest-levenshtein";

/** The three names that are most like one which is not among them. */
export const nearest = (name: string, names: readonly string[]): string[] =>
  names.toSorted((a, b) => distance(name, a) - distance(name, b)).slice(0, 3);
