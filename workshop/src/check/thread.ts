// The thread behind `runChecks`: one variant of a copy, lived through story by story.
import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Asked, Broken, Judged, Told } from "./ask.ts";
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
  const assembly = await synthesizeThin(variant);
  const limited = () => synthesizeThin(variant, { approvalAboveCents });
  const stage = new Stage(variant, assembly, limited);
  for (let seed = 0; seed <= seeds; seed += 1) {
    for (const asked of storiesOf(checks)) {
      const happenings: Seen["happenings"][number][] = [];
      const [{ story }] = asked;
      const seeded = seed === 0 ? story : { ...story, seed };
      const hear = (happening: Seen["happenings"][number]): void => {
        if (happenings.push(happening) === mostHappenings) tell({ judged: endless(asked[0], seed, happenings) });
      };
      const lived = story.isInFlight
        ? await (await import("./in-flight.ts")).liveInFlight({ variant, assembly, seed, hear })
        : await stage.live(seeded, hear);
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

/** What is told of orders that never come to rest: nobody can say how they ended. */
function endless({ lab, check, index, story }: AskedStory, seed: number, happenings: Seen["happenings"]): Judged {
  const last = happenings.findLast((each) => each.type === "InvocationStarted");
  const seen = `its orders never come to rest: ${last?.functionName ?? "something"} is woken again and again`;
  const known = check.misconceptions.find(({ keepsGoing }) => keepsGoing);
  return {
    lab,
    variant: (workerData as Asked).variant,
    story: index,
    batch: { name: story.scenario, stock: {}, placements: [] },
    seed,
    mayDiffer: story.mayDiffer ?? false,
    broken: { task: check.claims[0]?.task ?? "", seen, ...(known && misconception(known)) },
  };
}

function misconception({ name, hint }: Check["misconceptions"][number]): Pick<Broken, "misconception"> {
  return { misconception: { name, hint } };
}

function firstBroken({ claims, misconceptions }: Check, seen: Seen): Broken | undefined {
  for (const { task, broken } of claims) {
    const what = broken(seen);
    if (what === undefined) continue;
    const known = misconceptions.find(({ shows }) => shows(seen));
    return { task, seen: what, ...(known && misconception(known)) };
  }
  return undefined;
}
