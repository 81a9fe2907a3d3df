import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../lab/states.ts";

const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");

/**
 * The first syntax or type error of a copy, in the words of the compiler: `shared/src/x.ts(3,5): error …`. What did not
 * change since the last time is not looked at again.
 */
export function typeError(copy: string, signal?: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const compiling = spawn(process.execPath, [compiler, "-p", copy, "--pretty", "false"], {
      cwd: copy,
      stdio: ["ignore", "pipe", "inherit"],
      ...(signal && { signal }),
    });
    let output = "";
    compiling.stdout.on("data", (text: Buffer) => (output += text.toString()));
    compiling.on("error", () => resolve(undefined));
    compiling.on("close", () => resolve(output.split("\n").find((line) => line.includes(": error TS"))));
  });
}
