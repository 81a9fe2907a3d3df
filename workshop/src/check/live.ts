import { approvalAboveCents, Stage, synthesizeThin, variantNamed, weaken, weakeningNamed } from "@ovsc/scripts/lived";
import type { Asked, Broken, Job, Judged, Told } from "./ask.ts";
import type { Check, LabStory, Seen } from "./check.ts";
import type { InFlight } from "./in-flight.ts";
import { liveMended } from "./mended.ts";

/** Of one story: ten times what the longest takes. */
const mostHappenings = 20_000;

interface LiveOptions extends Pick<Job, "limit"> {
  readonly tell: (told: Told) => void;
}

/** One variant of the copy that this module lives on, story by story, by each seed. */
export async function live(
  { checks: modules, variant: name, seeds, without }: Asked,
  { tell, limit }: LiveOptions,
): Promise<void> {
  const checks = await Promise.all(modules.map(checkIn));
  const variant = variantNamed(name);
  const assembly = without === undefined ? await synthesizeThin(variant) : await weakened(variant, without);
  const stage = new Stage(variant, assembly, () => synthesizeThin(variant, { approvalAboveCents }));
  let underWay: Promise<InFlight> | undefined;
  const inFlight = () =>
    (underWay ??= import("./in-flight.ts").then((module) => new module.InFlight(variant, assembly)));
  let judged = 0;
  for (let seed = 0; seed <= seeds; seed += 1) {
    for (const asked of storiesOf(checks).filter(([{ story }]) => seed === 0 || !story.mends)) {
      if (judged >= Atomics.load(limit, 0)) return;
      const happenings: Seen["happenings"][number][] = [];
      const [{ story }] = asked;
      const seeded = seed === 0 ? story : { ...story, seed };
      const hear = (happening: Seen["happenings"][number]): void => {
        if (happenings.push(happening) === mostHappenings)
          tell({ endless: endless(asked[0], { variant: name, seed, happenings }) });
      };
      const lived = story.isInFlight
        ? await (await inFlight()).live(seed, hear)
        : story.mends
          ? await liveMended({ ...story, variant, assembly, before: await weakened(variant, story.mends), hear })
          : await stage.live(seeded, hear);
      const { outcome, batch } = lived;
      for (const { lab, check, index, story: own } of asked) {
        const seen = { ...lived, variant: name, story: own, happenings };
        const broken = firstBroken(check, seen);
        const told = seed === 0 && !broken ? check.tells?.(seen) : undefined;
        const shown = shownBy(check, seen);
        const where = { lab, variant: name, story: index, batch, seed };
        const each = { ...where, outcome, mayDiffer: own.mayDiffer ?? false, shown };
        tell({ judged: { ...each, ...(broken && { broken }), ...(told !== undefined && { told }) } });
        judged += 1;
      }
    }
  }
}

/** Without a line of defence that is in the template. One that is in the source is taken out of the copy itself. */
function weakened(variant: ReturnType<typeof variantNamed>, without: string): Promise<string> {
  const weakening = weakeningNamed(without, "pnpm lab dev check");
  const patches = weakening.in[variant.name]?.filter((patch) => "template" in patch) ?? [];
  return weaken(variant, { ...weakening, in: { [variant.name]: patches } }, { thin: true });
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
function endless(
  { lab, check, index, story }: AskedStory,
  { happenings, ...where }: Pick<Judged, "variant" | "seed"> & Pick<Seen, "happenings">,
): Judged {
  const last = happenings.findLast((each) => each.type === "InvocationStarted");
  const seen = `its orders never come to rest: ${last?.functionName ?? "something"} is woken again and again`;
  const known = check.misconceptions.find(({ keepsGoing }) => keepsGoing);
  return {
    ...where,
    lab,
    story: index,
    batch: { name: story.scenario, stock: {}, placements: [] },
    mayDiffer: story.mayDiffer ?? false,
    shown: {},
    broken: { task: check.claims[0]?.task ?? "", seen, ...(known && misconception(known)) },
  };
}

const shownBy = ({ shows = {} }: Check, seen: Seen): Record<string, string> =>
  Object.fromEntries(
    Object.entries(shows).flatMap(([name, answer]) => {
      const right = answer(seen);
      return right === undefined ? [] : [[name, right]];
    }),
  );

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
