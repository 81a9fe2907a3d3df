import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { type FileScore, scoreFile, UnreadableCases } from "@ovsc/local/conformance";
import { exit, Failure } from "./failure.ts";
import { print } from "./terminal.ts";

interface Options {
  readonly json?: true;
  /** Writes the scores into FIDELITY.md. */
  readonly write?: true;
}

const fidelity = new URL("../../FIDELITY.md", import.meta.url);

/** `conformance FILE…`. @returns `valid` when the cloud never answered otherwise than AWS */
export async function conformanceCommand({ json, write }: Options, ...files: string[]): Promise<number> {
  if (files.length === 0)
    throw new Failure("no file of recorded cases", { exitCode: exit.usage, next: "pnpm conformance FILE.ndjson" });
  const scores: FileScore[] = [];
  for (const file of files) {
    const score = await scoreFile(file).catch((error: unknown) => {
      if (!(error instanceof UnreadableCases)) throw error;
      throw new Failure(error.message, { exitCode: exit.usage, cause: error });
    });
    scores.push(score);
    print(json ? `${JSON.stringify(score)}\n` : render(score));
  }
  if (write) writeFileSync(fidelity, scored(readFileSync(fidelity, "utf8"), scores));
  return scores.every(({ failed }) => failed.length === 0) ? exit.valid : exit.invalid;
}

function render({ file, total, passed, refused, failed }: FileScore): string {
  const lines = [
    `${file}: ${passed} of ${total} as AWS, ${refused.length} refused by name, ${failed.length} otherwise than AWS`,
    ...refused.map(({ name, why }) => `  refused ${name}: ${why}`),
    ...failed.map(({ name, why }) => `  FAILED ${name}: ${why}`),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * FIDELITY.md with these scores in the rows of their files.
 * @throws Failure for a file that has no row
 */
export function scored(page: string, scores: readonly FileScore[]): string {
  return scores.reduce((text, { file, total, passed, refused, failed }) => {
    const name = basename(file);
    const row = text.split("\n").find((line) => line.startsWith(`| ${name} `));
    if (row === undefined) throw new Failure(`FIDELITY.md has no row for ${name}`, { exitCode: exit.usage });
    const [, what] = row.split("|");
    return text.replace(row, `|${what}| ${[total, passed, refused.length, failed.length].join(" | ")} |`);
  }, page);
}
