import { matcher, type Piece } from "../../wildcard.ts";

/**
 * A pattern of StringMatches: `*` stands for any text, `\*` and `\\` for themselves.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export const compileWildcard = (pattern: string): ((text: string) => boolean) =>
  matcher(
    pattern.split(/(\\[*\\]|\*)/).map((part, at): Piece => {
      if (at % 2 === 0) return { text: part };
      return part === "*" ? { wild: "any text" } : { text: part.slice(1) };
    }),
  );
