import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { onCopy } from "../copy/preload.ts";
import { variants } from "../source/tree.ts";
import type { Asked, Judged, Told } from "./ask.ts";
import { disagreement } from "./disagreement.ts";
import type { CopyOptions, Ran } from "./verdict.ts";

/** How long a story may take, in milliseconds of the thread's silence. */
const longestSilenceMs = 180_000;

/** Lives the stories of a lab through in both variants of a copy, each in a thread of its own. */
export async function runCheck({ lab, copy, seeds, signal }: CopyOptions): Promise<Ran> {
  const check = pathToFileURL(join(lab.folder, "check.ts")).href;
  const runs = variants.map((variant) => inThread({ check, variant, seeds }, copy, signal));
  const sides = await Promise.all(runs);
  const failed = sides.findIndex((side) => "error" in side);
  if (failed >= 0) {
    return { kind: "not run", variant: variants[failed]!, why: (sides[failed] as { error: string }).error };
  }
  const [first = [], other = []] = sides as Judged[][];
  const judged = first.flatMap((one, index) => {
    const pair = other[index];
    return pair ? [one, pair, ...disagreement(one, pair)] : [one];
  });
  const broken = judged.find(isBroken);
  return broken ? { kind: "broken", first: broken } : { kind: "passed", stories: judged.length };
}

const isBroken = (judged: Judged): judged is Judged & Required<Pick<Judged, "broken">> => judged.broken !== undefined;

/** @returns what the thread judged, up to the first story that is broken; or what ended it */
function inThread(asked: Asked, copy: string, signal?: AbortSignal): Promise<Judged[] | { readonly error: string }> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("thread.ts", import.meta.url), { workerData: asked, ...onCopy(copy) });
    const judged: Judged[] = [];
    let silence: NodeJS.Timeout;
    const end = (result: Judged[] | { readonly error: string }): void => {
      clearTimeout(silence);
      resolve(result);
      void worker.terminate();
    };
    const waitOn = (): void => {
      clearTimeout(silence);
      const why = "a handler did not give back control for three minutes: does it wait in a loop?";
      silence = setTimeout(() => end({ error: why }), longestSilenceMs);
    };
    waitOn();
    signal?.addEventListener("abort", () => end({ error: "interrupted" }), { once: true });
    worker.on("error", (error) => end({ error: (error as Error).stack ?? String(error) }));
    worker.on("message", (told: Told) => {
      waitOn();
      if ("error" in told) end(told);
      else if ("done" in told) end(judged);
      else {
        judged.push(told.judged);
        if (told.judged.broken) end(judged);
      }
    });
  });
}
