import { type FileScore, scoreFile, UnreadableCases } from "@ovsc/local/conformance";
import { exit, Failure } from "./failure.ts";
import { print } from "./terminal.ts";

/** `conformance FILE…`. @returns `valid` when the cloud never answered otherwise than AWS */
export async function conformanceCommand({ json }: { readonly json?: true }, ...files: string[]): Promise<number> {
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
