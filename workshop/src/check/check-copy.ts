import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Lab } from "../lab/lab.ts";
import type { Check } from "./check.ts";
import type { Compiler } from "./compiler.ts";
import { runCheck } from "./run-check.ts";
import type { CopyOptions, Missing, Verdict } from "./verdict.ts";

/** What a lab asks for. */
export const checkOf = async ({ folder }: Pick<Lab, "folder">): Promise<Check> =>
  ((await import(pathToFileURL(join(folder, "check.ts")).href)) as { readonly check: Check }).check;

/** Checks a copy: that it is code, that what must be there is there, then story by story. */
export async function checkCopy({ compiler, ...options }: CopyOptions & { compiler: Compiler }): Promise<Verdict> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  // Both at once: what is no code fails there too, and is told of by its place here.
  const [error, lived] = [compiler.firstError(signal), livedCopy({ ...options, signal })];
  lived.catch(() => {});
  const what = await error;
  if (what === undefined) return lived;
  stop.abort();
  return { kind: "no code", error: what };
}

/** Checks a copy that is known to be code. */
export async function livedCopy({ lab, copy, ...rest }: CopyOptions): Promise<Exclude<Verdict, { kind: "no code" }>> {
  const check = await checkOf(lab);
  const missing = firstMissing(check, copy);
  if (missing) return missing;
  return check.stories.length > 0
    ? runCheck({ lab, copy, ...rest })
    : { kind: "passed", stories: 0, told: [], shown: {} };
}

function firstMissing({ looks = [] }: Check, copy: string): Missing | undefined {
  for (const { task, broken, misconceptions = [] } of looks) {
    const what = broken(copy);
    if (what === undefined) continue;
    const known = misconceptions.find(({ shows }) => shows(copy));
    return { kind: "missing", task, what, ...(known && { misconception: { name: known.name, hint: known.hint } }) };
  }
  return undefined;
}
