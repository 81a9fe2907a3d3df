import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { exit, Failure, note, print } from "@ovsc/scripts";
import { Compiler } from "../check/compiler.ts";
import { judgePlace } from "../check/judge-place.ts";
import { headOf, tell } from "../check/tell.ts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { placeIn } from "../progress/progress.ts";
import { packages, papers } from "../source/tree.ts";
import { footprints, soFar } from "./check.ts";

/** Editors save in several writes: so many milliseconds of quiet are one change. */
const quietMs = 50;

/**
 * `lab`: checks the current lab, and again whenever a file of the copy is saved: first by a few seeds, then by the
 * rest. Ctrl-C ends it.
 */
export async function watchCommand(): Promise<number> {
  note(`${headOf(placeIn(learnersCopy))}\n`);
  const compiler = new Compiler(learnersCopy);
  let running = new AbortController();
  const again = (): void => {
    running.abort();
    running = new AbortController();
    judge(compiler, running.signal).catch((error: unknown) => {
      if (!running.signal.aborted) note(error instanceof Failure ? `${error.message}\n` : `${String(error)}\n`);
    });
  };
  let timer: NodeJS.Timeout | undefined;
  const watched = [papers, ...packages.map((name) => join(name, "src"))].map((name) => join(learnersCopy, name));
  for (const folder of watched.filter((each) => existsSync(each))) {
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(again, quietMs);
    });
  }
  again();
  return new Promise((resolve) => {
    process.once("SIGINT", () => {
      running.abort();
      resolve(exit.interrupted);
      process.exit(exit.interrupted);
    });
  });
}

async function judge(compiler: Compiler, signal: AbortSignal): Promise<void> {
  const standing = await judgePlace(placeIn(learnersCopy), { compiler, soFar, signal });
  if (signal.aborted) return;
  const place = placeIn(learnersCopy);
  print(`\n${tell(place, standing)}`);
  if (standing.kind === "passed") note(footprints(place));
  note("save a file, and it is checked again; Ctrl-C ends this\n");
}
