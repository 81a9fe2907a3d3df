import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exit, Failure } from "../failure.ts";
import type { RunResults } from "../judgement/results.ts";
import type { Page } from "./page.ts";
import { scoresOf } from "./scores/score.ts";

/**
 * What a page is made of, from the files of a run.
 * @param folder with `results.json`
 * @throws Failure where there is no such file, or it is not of a run
 */
export function loadPage(folder: string): Page {
  const run = readResults(join(folder, "results.json"));
  const variants = Object.keys(run.results[0]?.variants ?? {});
  return { run, variants, scores: scoresOf(run.results, variants) };
}

function readResults(file: string): RunResults {
  const refuse = (why: string, cause?: unknown) =>
    new Failure(`cannot make a report of ${file}: ${why}`, {
      exitCode: exit.usage,
      next: "pnpm compare, which writes it, or pnpm report --from DIR",
      cause,
    });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message, error);
  }
  const { verdict, command, results } = (content ?? {}) as Partial<RunResults>;
  if (typeof verdict !== "string" || typeof command !== "string" || !Array.isArray(results)) {
    throw refuse("it has no verdict, command and results");
  }
  return content as RunResults;
}
