import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { type AslCase, runAslCase } from "./asl.ts";
import { type PatternCase, runPatternCase } from "./patterns.ts";
import { runTargetCase, type TargetCase } from "./targets.ts";

/** How the embedded cloud did on one file of cases that AWS recorded. */
export interface FileScore {
  readonly file: string;
  readonly total: number;
  readonly passed: number;
  /** The cloud said by name, before it ran anything, what it does not know. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
  /** The cloud answered otherwise than AWS. */
  readonly failed: readonly { readonly name: string; readonly kind: string; readonly why: string }[];
}

type CaseResult = { readonly kind: "passed" } | { readonly kind: "refused" | "failed"; readonly why: string };

/** A file that cannot be read, or a line that is no case of a known kind. */
export class UnreadableCases extends Error {
  override readonly name = "UnreadableCases";
}

/** @throws UnreadableCases for a file that cannot be read, or a line that is no case of a known kind */
export async function scoreFile(file: string): Promise<FileScore> {
  const refused: { name: string; why: string }[] = [];
  const failed: { name: string; kind: string; why: string }[] = [];
  let total = 0;
  for await (const { line, text } of linesOf(file)) {
    total += 1;
    const { name, kind, run } = caseOf(text, `${file}:${line}`);
    const result = await outcome(run);
    if (result.kind === "refused") refused.push({ name, why: result.why });
    if (result.kind === "failed") failed.push({ name, kind, why: result.why });
  }
  return { file, total, passed: total - refused.length - failed.length, refused, failed };
}

/** A fault of the cloud itself is that case's failure; the others go on. */
async function outcome(run: () => CaseResult | Promise<CaseResult>): Promise<CaseResult> {
  try {
    return await run();
  } catch (error) {
    return { kind: "failed", why: `internal error: ${String(error)}` };
  }
}

async function* linesOf(file: string): AsyncGenerator<{ line: number; text: string }> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() !== "") yield { line, text };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw new UnreadableCases(`cannot read ${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A case is told by its members: an execution has a definition, a delivery has targets, a match has a pattern. */
function caseOf(
  text: string,
  where: string,
): { name: string; kind: string; run: () => CaseResult | Promise<CaseResult> } {
  let recorded: { readonly name?: string; readonly kind?: string };
  try {
    recorded = JSON.parse(text) as typeof recorded;
  } catch (error) {
    throw new UnreadableCases(`${where}: not JSON: ${(error as Error).message}`, { cause: error });
  }
  const { name = where, kind = "execution" } = recorded;
  if ("definition" in recorded) return { name, kind, run: () => runAslCase(recorded as AslCase) };
  if ("targets" in recorded) return { name, kind: "target", run: () => runTargetCase(recorded as TargetCase) };
  if ("pattern" in recorded || "pattern_text" in recorded) {
    return { name, kind: "pattern", run: () => runPatternCase(recorded as PatternCase) };
  }
  throw new UnreadableCases(`${where}: no definition, targets or pattern, so no case of a known kind`);
}
