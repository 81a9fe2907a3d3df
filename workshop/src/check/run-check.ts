import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { onCopy } from "../copy/preload.ts";
import type { Lab } from "../lab/lab.ts";
import { variants as pair } from "../source/tree.ts";
import type { Asked, Judged, Told } from "./ask.ts";
import { disagreement } from "./disagreement.ts";
import type { CopyOptions, Ran } from "./verdict.ts";

/** How long a story may take, in milliseconds of the thread's silence. */
const longestSilenceMs = 180_000;

/** Lives the stories of a lab through in both variants of a copy, each in a thread of its own. */
export const runCheck = ({ lab, ...rest }: CopyOptions): Promise<Ran> => runChecks({ labs: [lab], ...rest });

export interface ChecksOptions extends Omit<CopyOptions, "lab"> {
  readonly labs: readonly Lab[];
  /** Those of the labs, if not given. */
  readonly variants?: readonly string[];
}

/** The same for several labs of the same variants at once: a story that some of them share is lived through once. */
export async function runChecks({ labs, copy, seeds, signal, ...options }: ChecksOptions): Promise<Ran> {
  const variants = options.variants ?? labs[0]!.variants ?? pair;
  const checks = labs.map(({ folder }) => pathToFileURL(join(folder, "check.ts")).href);
  const until = { stories: Infinity };
  const runs = variants.map((variant) =>
    inThread({ checks, variant, seeds }, { copy, until, ...(signal && { signal }) }),
  );
  const sides = await Promise.all(runs);
  const failed = sides.findIndex((side) => "error" in side);
  if (failed >= 0) {
    return { kind: "not run", variant: variants[failed]!, why: (sides[failed] as { error: string }).error };
  }
  const [first = [], other = []] = sides as Judged[][];
  const judged = first.flatMap((one, index) => {
    const facing = other[index];
    return facing ? [one, facing, ...disagreement(one, facing)] : [one];
  });
  const broken = judged.find(isBroken);
  if (broken) return { kind: "broken", first: broken };
  return { kind: "passed", stories: judged.length, told: judged.flatMap(({ told = [] }) => told) };
}

const isBroken = (judged: Judged): judged is Judged & Required<Pick<Judged, "broken">> => judged.broken !== undefined;

interface ThreadOptions extends Pick<CopyOptions, "copy" | "signal"> {
  /** How many stories decide it: once one is broken, the other side need not go further. */
  readonly until: { stories: number };
}

/** @returns what the thread judged, up to the first story that is broken; or what ended it */
function inThread(
  asked: Asked,
  { copy, until, signal }: ThreadOptions,
): Promise<Judged[] | { readonly error: string }> {
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
        if (told.judged.broken) until.stories = Math.min(until.stories, judged.length);
        if (judged.length >= until.stories) end(judged);
      }
    });
  });
}
