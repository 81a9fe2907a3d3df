// The thread behind `runChecks`: one variant of a copy, lived through story by story.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Asked, Broken, Told } from "./ask.ts";
import type { Check, LabStory, Seen } from "./check.ts";

enableCompileCache();

/** Of one story: ten times what the longest takes. */
const mostHappenings = 20_000;
const tell = (told: Told): void => parentPort!.postMessage(told);

try {
  const { checks: modules, variant: name, seeds } = workerData as Asked;
  const [{ approvalAboveCents, Stage, synthesizeThin, variantNamed }, checks] = await Promise.all([
    import("@ovsc/scripts/lived"),
    Promise.all(modules.map(checkIn)),
  ]);
  const variant = variantNamed(name);
  const limited = () => synthesizeThin(variant, { approvalAboveCents });
  const stage = new Stage(variant, await synthesizeThin(variant), limited);
  for (let seed = 0; seed <= seeds; seed += 1) {
    for (const asked of storiesOf(checks)) {
      const happenings: Seen["happenings"][number][] = [];
      const [{ story }] = asked;
      const seeded = seed === 0 ? story : { ...story, seed };
      const lived = await stage.live(seeded, (happening) => {
        if (happenings.push(happening) === mostHappenings) tell({ error: endless(happenings) });
      });
      const { outcome, batch } = lived;
      for (const { lab, check, index, story: own } of asked) {
        const seen = { ...lived, variant: name, story: own, happenings };
        const broken = firstBroken(check, seen);
        const told = seed === 0 && !broken ? check.tells?.(seen) : undefined;
        const judged = { lab, variant: name, story: index, batch, seed, outcome, mayDiffer: own.mayDiffer ?? false };
        tell({ judged: { ...judged, ...(broken && { broken }), ...(told !== undefined && { told }) } });
      }
    }
  }
  tell({ done: true });
} catch (error) {
  tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

async function checkIn(module: string): Promise<Check> {
  return ((await import(module)) as { readonly check: Check }).check;
}

interface AskedStory {
  readonly lab: number;
  readonly check: Check;
  /** Of the story in its lab. */
  readonly index: number;
  readonly story: LabStory;
}

/** The stories of all labs, in order: those that go alike are together. */
function storiesOf(checks: readonly Check[]): [AskedStory, ...AskedStory[]][] {
  const all = checks.flatMap((check, lab) => check.stories.map((story, index) => ({ lab, check, index, story })));
  const alike = Map.groupBy(all, ({ story: { mayDiffer: _mayDiffer, ...lived } }) => JSON.stringify(lived));
  return [...alike.values()] as [AskedStory, ...AskedStory[]][];
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
