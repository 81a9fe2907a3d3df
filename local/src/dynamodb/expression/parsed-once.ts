/** Texts kept; a program has few expressions, and one that makes them up as it goes must not fill the memory. */
const keptTexts = 1000;

/** Parses each text once. A text that does not parse throws each time. */
export function parsedOnce<Parsed>(parse: (text: string) => Parsed): (text: string) => Parsed {
  const kept = new Map<string, Parsed>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const parsed = parse(text);
    if (kept.size >= keptTexts) kept.clear();
    kept.set(text, parsed);
    return parsed;
  };
}
