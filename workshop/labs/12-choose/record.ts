/** A decision record, as far as a lint reads it. */
export interface DecisionRecord {
  /** What stands after `Choice:`; nothing where nothing does. */
  readonly choice: string | undefined;
  /** The points of the list under a heading, each in one line. What still ends in `…` is not written yet. */
  readonly under: (heading: string) => readonly string[];
}

export const headings = {
  reasons: "Reasons",
  flip: "What would make it another",
  force: "A force that no run measures",
  wrong: "Proved wrong by",
  again: "Decide again",
} as const;

export function readRecord(markdown: string): DecisionRecord {
  const [head = "", ...sections] = markdown.split(/^## /m);
  const [, choice] = /^Choice: *(\S+)/m.exec(head) ?? [];
  return {
    choice: choice === "…" ? undefined : choice,
    under(heading) {
      const section = sections.find((each) => each.split("\n")[0]!.trim() === heading) ?? "";
      const points = section.split(/^- /m).slice(1);
      return points.map((point) => point.replaceAll(/\s+/g, " ").trim()).filter((point) => !point.endsWith("…"));
    },
  };
}
