import type { Profile } from "@ovsc/shared";
import { exit, Failure } from "../failure.ts";
import { isBeyondBudget } from "../faults/beyond-budget.ts";
import { type Cell, nameOf } from "../faults/cells.ts";
import { type KeptCell, type MatrixFile, matrixFile } from "../faults/kept.ts";
import { type CellResult, Matrix } from "../faults/matrix.ts";
import { renderOutdated } from "../report/render-declared.ts";
import { renderDifferences } from "../report/render-differences.ts";
import { again, renderCell, renderMatrix, trace } from "../report/render-matrix.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";

export interface MatrixFlags {
  readonly json?: true;
  readonly plans?: true;
  readonly profile?: Profile;
  /** Folder for the results, where all cells were run. */
  readonly out?: string;
  readonly variants?: string;
}

/** Findings that a person reads before the rest is left to `--json`. */
const mostShown = 20;

/** `matrix`: each step under each fault, in every variant. @returns its exit code */
export async function matrixCommand(
  { json, plans, profile = "equal", variants: asked, out = outFolder }: MatrixFlags,
  ...chosen: readonly string[]
): Promise<number> {
  const beganMs = performance.now();
  const variants = chosenVariants(asked);
  const matrix = await Matrix.open(variants, profile);
  const cells = choose(await matrix.cells(), chosen);
  if (plans) {
    print(`${JSON.stringify(Object.fromEntries(cells.map((cell) => [nameOf(cell), cell.plan])), null, 2)}\n`);
    return exit.valid;
  }
  const results: CellResult[] = [];
  for (const cell of cells) results.push(await matrix.run(cell));

  const broken = results.filter(({ findings }) => findings.length > 0);
  const names = variants.map(({ name }) => name);
  const counts = {
    cells: results.length,
    alike: results.length - broken.length,
    broken: broken.length,
    beyondBudget: results.filter(({ cell }) => isBeyondBudget(cell, profile)).length,
    swept: Object.fromEntries(
      names.map((name) => [name, results.filter(({ sweeps }) => (sweeps[name] ?? 0) > 0).length]),
    ),
    known: results.filter(({ known }) => known.length > 0).length,
    different: results.filter(({ differences }) => differences.length > 0).length,
    notApplicable: results.flatMap(({ ends }) => Object.values(ends)).filter((end) => end === undefined).length,
  };
  // Of some cells, none need show what another would.
  const outdated = chosen.length === 0 ? matrix.outdated() : [];
  const verdict = broken.length > 0 || outdated.length > 0 ? "invalid" : "valid";
  const different = counts.different > 0 ? `\n${renderDifferences(results, names)}` : "";
  const found: MatrixFile = { verdict, profile, ...counts, results: results.map((each) => inJson(each, profile)) };
  if (chosen.length === 0) writeOutput(out, matrixFile(profile), found, "pnpm matrix --out DIR");
  print(json ? `${JSON.stringify(found, null, 2)}\n` : renderMatrix(results, names) + different);
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
  note(
    `${counts.cells} cells, ${counts.alike} as they must be, ${counts.broken} broken; ` +
      `${counts.beyondBudget} beyond the budget; swept: ${inWords(counts.swept)}; ` +
      `${counts.known} with a finding that must be; ` +
      (profile === "equal" ? "" : `${counts.different} in which the variants differ; `) +
      `${counts.notApplicable} times not applicable; ${seconds} s\n`,
  );
  for (const each of broken.slice(0, mostShown)) note(`${renderCell(each, profile)}\n`);
  if (broken.length > mostShown) note(`… and ${broken.length - mostShown} more: pnpm matrix --json\n`);
  note(renderOutdated(outdated));
  return exit[verdict];
}

const inWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

const inJson = (result: CellResult, profile: Profile): KeptCell => ({
  ...result,
  cell: nameOf(result.cell),
  again: again(result, profile),
  trace: trace(result, profile),
});

/** The cells whose name begins with one of the words; all without any. @throws Failure for a word that names none */
function choose(cells: readonly Cell[], words: readonly string[]): readonly Cell[] {
  const named = words.map((word) => ({ word, cells: cells.filter((cell) => nameOf(cell).startsWith(word)) }));
  const unknown = named.find((each) => each.cells.length === 0);
  if (unknown) {
    throw new Failure(`no cell begins with ${unknown.word}: they look like ${nameOf(cells[0]!)}`, {
      exitCode: exit.usage,
      next: "pnpm matrix --plans, which names them all",
    });
  }
  return words.length === 0 ? cells : [...new Set(named.flatMap((each) => each.cells))];
}
