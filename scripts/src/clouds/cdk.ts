import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { exit, Failure } from "../failure.ts";
import { note } from "../terminal.ts";
import { environmentFor, type Remote } from "./target.ts";

const cli = createRequire(import.meta.url).resolve("aws-cdk/bin/cdk");

/**
 * Runs the CDK CLI, its progress on stderr.
 * @throws Failure with the last lines the CLI printed when it fails
 */
export async function cdk(args: readonly string[], target: Remote): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args, "--no-notices", "--no-color"], {
    env: { ...environmentFor(target), CDK_DISABLE_CLI_TELEMETRY: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      note(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code === 0) return;
  const last = printed.trim().split("\n").slice(-3).join(" ");
  throw new Failure(`cdk ${args[0]} ended with ${code}: ${last}`, { exitCode: exit.environment });
}
