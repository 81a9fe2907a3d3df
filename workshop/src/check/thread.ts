// The thread behind `runCheck`: one variant of a copy, lived through story by story.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Asked, Broken, Told } from "./ask.ts";
import type { Check, Seen } from "./check.ts";

enableCompileCache();

/** Of one story: ten times what the longest takes. */
const mostHappenings = 20_000;
const tell = (told: Told): void => parentPort!.postMessage(told);

try {
  const { check: module, variant: name, seeds } = workerData as Asked;
  const [{ Stage, synthesizeThin, variantNamed }, { check }] = await Promise.all([
    import("@ovsc/scripts/lived"),
    import(module) as Promise<{ readonly check: Check }>,
  ]);
  const variant = variantNamed(name);
  const stage = new Stage(variant, await synthesizeThin(variant));
  for (let seed = 0; seed <= seeds; seed += 1) {
    for (const [index, story] of check.stories.entries()) {
      const happenings: Seen["happenings"][number][] = [];
      const seeded = seed === 0 ? story : { ...story, seed };
      const lived = await stage.live(seeded, (happening) => {
        if (happenings.push(happening) === mostHappenings) tell({ error: endless(happenings) });
      });
      const broken = firstBroken(check, { ...lived, variant: name, story, happenings });
      const { outcome, batch } = lived;
      const judged = { variant: name, story: index, batch, seed, outcome, mayDiffer: story.mayDiffer ?? false };
      tell({ judged: { ...judged, ...(broken && { broken }) } });
    }
  }
  tell({ done: true });
} catch (error) {
  tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** @returns what to say of orders that never come to rest */
function endless(happenings: Seen["happenings"]): string {
  const last = happenings.findLast((each) => each.type === "InvocationStarted");
  return `its orders never come to rest: ${last?.functionName ?? "something"} is woken again and again`;
}

function firstBroken({ claims, misconceptions }: Check, seen: Seen): Broken | undefined {
  for (const { task, broken } of claims) {
    const what = broken(seen);
    if (what === undefined) continue;
    const known = misconceptions.find(({ shows }) => shows(seen));
    return { task, seen: what, ...(known && { misconception: { name: known.name, hint: known.hint } }) };
  }
  return undefined;
}
