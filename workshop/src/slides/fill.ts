import { exit, Failure } from "@ovsc/scripts";
import { labs } from "../lab/labs.ts";
import { statesOf } from "../lab/states.ts";
import { difference } from "../source/patch.ts";
import { variants } from "../source/tree.ts";
import type { Slide } from "./deck.ts";
import type { Figures } from "./figures.ts";

/** What stands in the place of a block that names a source: its first words are the kind and what it is of. */
type Fill = (of: string, lines: readonly string[], from: From) => string;

interface From {
  readonly slide: Slide;
  readonly figures: Figures;
}

const block = /^```(source|change|figures) (\S.*)\n((?:(?!```).*\n)*)```$/gm;

/**
 * A slide with its snippets and figures: what is shown of the code is cut out of a lab's own state, what is counted
 * comes from a run.
 * @throws Failure for a source that is not there
 */
export const filled = (slide: Slide, figures: Figures): string =>
  slide.markdown.replaceAll(block, (_, kind: keyof typeof fills, of: string, body: string) =>
    fills[kind](of, body.split("\n").filter(Boolean), { slide, figures }),
  );

const fills = { source, change, figures: table } satisfies Record<string, Fill>;

/** Lines of a file of the lab's solution: from the one that has the first text to the one that has the second. */
function source(file: string, [first = "", last = first]: readonly string[], { slide }: From): string {
  const lines = (stateOf(slide).solution.get(file) ?? "").split("\n");
  const from = lines.findIndex((line) => line.includes(first));
  const to = lines.findIndex((line, at) => at >= from && line.includes(last));
  if (from < 0 || to < 0) throw missing(slide, `${file} has no line with ${from < 0 ? first : last}`);
  return fenced(file.split(".").at(-1)!, lines.slice(from, to + 1));
}

/** What the lab's reference change adds to a file and takes away. */
function change(file: string, _lines: readonly string[], { slide }: From): string {
  const { start, solution } = stateOf(slide);
  const only = (tree: ReadonlyMap<string, string>) => new Map([[file, tree.get(file) ?? ""]]);
  const lines = difference(only(start), only(solution))
    .split("\n")
    .filter((line) => /^[+-](?![+-]{2} )\s*\S/.test(line));
  if (lines.length === 0) throw missing(slide, `${file} is not changed`);
  return fenced("diff", lines);
}

/** What scenarios came to, and what they took, in each style: a line for each scenario. */
function table(counts: string, scenarios: readonly string[], { slide, figures }: From): string {
  const names = counts.split(" ");
  const rows = scenarios.map((scenario) => {
    const both = variants.map((variant) => figures.get(scenario)?.[variant]);
    const cells = names.map((name) => {
      const values = both.map((own) => own?.[name]);
      if (values.includes(undefined)) throw missing(slide, `${scenario} has no figure ${name}`);
      return new Set(values).size === 1 ? values[0]! : values.join(" / ");
    });
    return [scenario, ...cells];
  });
  const head = ["", ...names];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function stateOf(slide: Slide) {
  const lab = labs.find(({ number }) => number === slide.lab);
  if (!lab) throw missing(slide, `there is no lab ${slide.lab}`);
  return statesOf(lab);
}

const missing = (slide: Slide, why: string): Failure =>
  new Failure(`a slide of lab ${slide.lab} shows what is not there: ${why}`, { exitCode: exit.invalid });

/** As far to the left as they go. */
function fenced(language: string, lines: readonly string[]): string {
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length));
  return ["```" + language, ...lines.map((line) => line.slice(indent)), "```"].join("\n");
}
