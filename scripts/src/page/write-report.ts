import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exit, Failure } from "../failure.ts";
import { loadPage } from "./load-page.ts";
import { renderMarkdown, renderPage } from "./render-page.ts";

/** What the report of a folder is called. */
export const reportIn = (folder: string): string => join(folder, "report.html");

/**
 * Makes the report of a run, and its twin `report.md` beside it.
 * @param from folder with the files of the run
 * @param file where the report goes
 * @throws Failure as `loadPage` does, and where the files cannot be written
 */
export async function writeReport(from: string, file: string): Promise<void> {
  const page = await loadPage(from);
  put(file, renderPage(page));
  put(twinOf(file), renderMarkdown(page));
}

/** Takes away the report of an earlier run: it tells of results that are no longer there. */
export function removeReport(folder: string): void {
  for (const file of [reportIn(folder), twinOf(reportIn(folder))]) rmSync(file, { force: true });
}

const twinOf = (file: string): string => file.replace(/(\.html?)?$/, ".md");

/** Whoever has the old file open keeps it whole. */
function put(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Failure(`cannot write to ${dirname(file)}: ${(error as Error).message}`, {
      exitCode: exit.environment,
      next: "pnpm report --out FILE",
      cause: error,
    });
  }
}
