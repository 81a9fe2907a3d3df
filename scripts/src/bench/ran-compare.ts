import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompareFlags } from "../commands/compare.ts";
import { type Spread, spread } from "./spread.ts";

export interface RanCompare {
  readonly seconds: number;
  /** What all its threads got of the cores together. */
  readonly coreSeconds: number;
  /** The most memory the process held at any time, all variants together. */
  readonly peakMegabytes: number;
  /** The size of `run.ndjson`. */
  readonly logMegabytes: number;
}

/** Runs `compare` in a process of its own. @throws Error when it does not end all matching */
export async function ranCompare(flags: Pick<CompareFlags, "orders" | "seed" | "report">): Promise<RanCompare> {
  const out = mkdtempSync(join(tmpdir(), "bench-"));
  const begunMs = performance.now();
  const script = fileURLToPath(new URL("measured-compare.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify({ ...flags, out })], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise<number | null>(
    (resolve, reject) => void child.once("error", reject).once("close", resolve),
  );
  const logMegabytes = code === 0 ? statSync(join(out, "run.ndjson")).size / 1e6 : 0;
  rmSync(out, { recursive: true });
  if (code !== 0) throw new Error(`compare with ${JSON.stringify(flags)} ended with ${code}`);
  const { maxRSS, coreMs } = JSON.parse(printed.trim().split("\n").at(-1)!) as { maxRSS: number; coreMs: number };
  const seconds = (performance.now() - begunMs) / 1000;
  return { seconds, coreSeconds: coreMs / 1000, peakMegabytes: maxRSS / 1024, logMegabytes };
}

const turns = 5;

/** What `compare` of the named scenarios takes with its report, as a multiple of what it takes without, in turns. */
export async function withReport(): Promise<Spread> {
  const ratios: number[] = [];
  // The first run fills the caches.
  await ranCompare({});
  for (let done = 0; done < turns; done += 1) {
    const [whole, bare] = [await ranCompare({}), await ranCompare({ report: false })];
    ratios.push(whole.coreSeconds / bare.coreSeconds);
  }
  return spread(ratios);
}

/** The rate at which `compare` gets through drawn orders with a seed, as a part of the rate without, in turns. */
export async function withSeed(): Promise<Spread> {
  const drawn = { orders: 1_000, report: false } as const;
  const ratios: number[] = [];
  await ranCompare({ ...drawn, orders: 1 });
  for (let done = 0; done < 3; done += 1) {
    const [inOrder, seeded] = [await ranCompare(drawn), await ranCompare({ ...drawn, seed: 1 })];
    ratios.push(inOrder.coreSeconds / seeded.coreSeconds);
  }
  return spread(ratios);
}
