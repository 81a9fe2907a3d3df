import { spawn } from "node:child_process";
import { exit, Failure } from "../failure.ts";
import { reportIn, writeReport } from "../page/write-report.ts";
import { outFolder } from "../runs/output-files.ts";
import { note, print } from "../terminal.ts";

export interface ReportFlags {
  readonly from?: string;
  readonly out?: string;
  readonly open?: true;
}

/** `report`: the page of an earlier run, without running anything. @returns its exit code */
export async function reportCommand({ from = outFolder, out = reportIn(from), open }: ReportFlags): Promise<number> {
  if (out === "") throw new Failure("--out names no file", { exitCode: exit.usage, next: "pnpm report --help" });
  await writeReport(from, out);
  print(`${out}\n`);
  if (open) openFile(out);
  return exit.valid;
}

/** What opens a file in the program that its reader is used to. */
const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", win32: "explorer", linux: "xdg-open" };

/** Opens nothing where nobody looks: in CI, or with the output going elsewhere. */
function openFile(file: string): void {
  const opener = openers[process.platform];
  if (process.env["CI"] || !process.stdout.isTTY || opener === undefined) {
    note("not opened: there is nobody at a terminal here\n");
    return;
  }
  spawn(opener, [file], { detached: true, stdio: "ignore" })
    .once("error", () => note(`${opener} is missing, so the report was not opened\n`))
    .unref();
}
