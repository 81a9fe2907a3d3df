import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { exit } from "../failure.ts";
import { note } from "../terminal.ts";
import { variants } from "../variants.ts";

const launcher = fileURLToPath(new URL("../../bin/run.mjs", import.meta.url));

/** Editors save in several writes: so many milliseconds of quiet are one change. */
const quietMs = 50;

/** What a comparison is made of. */
const sources = [
  ...variants.map(({ folder }) => new URL("src", folder)),
  ...["shared", "local", "scripts"].map((name) => new URL(`../../../${name}/src`, import.meta.url)),
].map((folder) => fileURLToPath(folder));

/**
 * `compare --watch`: compares, and again whenever a source file or a file on the command line changes. Each time in a
 * process of its own, since a module is loaded once. Ctrl-C ends it.
 * @param given the files on the command line, where there are any
 */
export function watchCommand(given: readonly (string | undefined)[]): Promise<never> {
  const words = process.argv.slice(2).filter((word) => word !== "--watch");
  const start = (): ChildProcess => spawn(process.execPath, [launcher, "compare", ...words], { stdio: "inherit" });
  let running = start();
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    running.kill();
    note("\n");
    running = start();
  };
  for (const path of [...sources, ...given.filter((file) => file !== undefined)]) {
    watch(path, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(again, quietMs);
    });
  }
  note("watching the source: save a file, and it compares again; Ctrl-C ends it\n");
  return new Promise(() => {
    process.once("SIGINT", () => {
      running.kill();
      process.exit(exit.interrupted);
    });
  });
}
