import { UnknownFeature } from "./errors.ts";

/** How deep data from outside may be nested, so that whatever walks it by recursion comes to an end. */
export const maximumNesting = 500;

/**
 * @param json a text that may be JSON
 * @throws UnknownFeature for one that is nested deeper than `maximumNesting`, since AWS's own limits are not published
 */
export function checkNesting(json: string, where: string): void {
  // A level takes two characters, so most texts are too short to be looked at.
  if (json.length <= 2 * maximumNesting) return;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (inString) {
      if (code === backslash) index += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    else if (code === bracket || code === brace) {
      depth += 1;
      if (depth > maximumNesting) throw new UnknownFeature(`JSON nested deeper than ${maximumNesting} levels`, where);
    } else if (code === closingBracket || code === closingBrace) depth -= 1;
  }
}

const [backslash, quote] = [0x5c, 0x22];
const [bracket, closingBracket, brace, closingBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
