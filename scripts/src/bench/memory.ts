import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface LongRun {
  readonly seconds: number;
  /** The most memory the process held at any time, both variants together. */
  readonly peakMegabytes: number;
}

/** Runs `compare --orders N --seed 1` in a process of its own. @throws Error when it does not end all matching */
export async function longRun(orders: number): Promise<LongRun> {
  const out = mkdtempSync(join(tmpdir(), "bench-"));
  const begunMs = performance.now();
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("measured-compare.ts", import.meta.url)), String(orders), out],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise<number | null>(
    (resolve, reject) => void child.once("error", reject).once("close", resolve),
  );
  rmSync(out, { recursive: true });
  if (code !== 0) throw new Error(`compare --orders ${orders} --seed 1 ended with ${code}`);
  const { maxRSS } = JSON.parse(printed.trim().split("\n").at(-1)!) as { maxRSS: number };
  return { seconds: (performance.now() - begunMs) / 1000, peakMegabytes: maxRSS / 1024 };
}
