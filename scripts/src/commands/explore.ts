import { renderStory, type Variant } from "@ovsc/shared/variant";
import { batchOf } from "../explore/batch-of.ts";
import { explore } from "../explore/explorers.ts";
import { type ExploredFinding, follow } from "../explore/finding.ts";
import type { Job } from "../explore/job.ts";
import { openExplored } from "../explore/judged-run.ts";
import { narrowing } from "../explore/narrowing.ts";
import { replay } from "../explore/replay.ts";
import { readSchedule, type StoredSchedule } from "../explore/schedule.ts";
import { fewerParts, partNamed, parts } from "../explore/scope.ts";
import { kindOf, type Walked } from "../explore/search.ts";
import { whereToLook } from "../explore/where-to-look.ts";
import { exit } from "../failure.ts";
import { renderDrawn, renderExploredFinding, renderNarrowing, renderWalked } from "../report/render-exploration.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants, pair, variantNamed } from "../variants.ts";
import { weakeningNamed } from "../weakenings/weaken.ts";
import type { Weakening } from "../weakenings/weakening.ts";

export interface ExploreFlags {
  readonly without?: string;
  readonly part?: readonly string[];
  readonly parts?: true;
  readonly schedules?: number;
  readonly seed: number;
  readonly orders: number;
  readonly faults: number;
  readonly seconds: number;
  readonly replay?: string;
  readonly json?: true;
  readonly variants?: string;
}

/** What one job came to. */
export interface Explored {
  readonly job: Job;
  readonly walked: Walked;
}

/** Schedules that a thread draws before it takes the next. */
const drawnAtOnce = 500;

/** `explore`: all that can befall one order or two, and more by a seed. @returns its exit code */
export async function exploreCommand(flags: ExploreFlags, ...names: readonly string[]): Promise<number> {
  if (flags.replay !== undefined) return replayCommand(readSchedule(flags.replay), flags);
  if (flags.parts) {
    const all = [...parts, ...fewerParts].map(({ name }) => name);
    print(`${[...new Set(all)].join("\n")}\n`);
    return exit.valid;
  }
  const beganMs = performance.now();
  const chosen = variantsFor(flags, names);
  const jobs = inTurn(chosen.map((variant) => jobsFor(variant, flags)));
  const explored: Explored[] = [];
  await explore(jobs, (job, walked) => {
    explored.push({ job, walked });
    note(`${job.title}: ${walked.runs} runs${walked.found.length > 0 ? `, ${walked.found.length} findings` : ""}\n`);
    return flags.without === undefined || walked.found.length === 0;
  });
  const findings: ExploredFinding[] = [];
  for (const lead of leadsIn(explored, chosen, flags)) findings.push(await follow(lead));

  const unfinished = explored.filter(({ walked }) => !walked.finished && walked.found.length === 0);
  const verdict = findings.length > 0 ? "invalid" : unfinished.length > 0 ? "unknown" : "valid";
  const seconds = Math.round((performance.now() - beganMs) / 1000);
  const results = explored.map(({ job: { title }, walked: { found: _found, ...walked } }) => ({ title, ...walked }));
  const isWalk = flags.schedules === undefined;
  if (flags.json) {
    const all = { verdict, seconds, results, findings, ...(isWalk && { narrowing }) };
    print(`${JSON.stringify(all, null, 2)}\n`);
  } else print(isWalk ? renderWalked(explored) + renderNarrowing() : renderDrawn(explored));
  for (const [name, why] of Object.entries(weakeningOf(flags)?.borne ?? {})) note(`\nthe ${name} bears it. ${why}\n`);
  for (const finding of findings) note(`\n${renderExploredFinding(finding)}\n`);
  note(`${seconds} s; ${verdict}${unfinished.length > 0 ? `, ${unfinished.length} parts did not finish` : ""}\n`);
  return exit[verdict];
}

const weakeningOf = ({ without }: ExploreFlags): Weakening | undefined =>
  without === undefined ? undefined : weakeningNamed(without, "pnpm explore --without");

function variantsFor(flags: ExploreFlags, names: readonly string[]): readonly Variant[] {
  const weakening = weakeningOf(flags);
  const asked = names.length > 0 ? names.join(",") : flags.variants;
  // One that is asked for by name and lacks the line of defence is refused when its cloud is opened.
  if (asked !== undefined || !weakening) return chosenVariants(asked);
  return pair.filter(({ name }) => weakening.in[name] && !weakening.borne?.[name]);
}

function jobsFor(variant: Variant, flags: ExploreFlags): Job[] {
  const { name, module } = variant;
  const { without, seconds, schedules, seed, orders, faults } = flags;
  const job = (what: string, search: Job["search"]): Job => ({
    module,
    title: `${name} ${what}`,
    without,
    seconds,
    search,
  });
  if (schedules === undefined) {
    const whole = pair.includes(variant) ? parts : fewerParts;
    const weakening = weakeningOf(flags);
    const searched = weakening ? whereToLook(weakening, name) : whole;
    const walked = flags.part ? flags.part.map(partNamed) : searched;
    return walked.map((part) => job(part.name, { part: part.name }));
  }
  return Array.from({ length: Math.ceil(schedules / drawnAtOnce) }, (_, index) => {
    const from = index * drawnAtOnce;
    const until = Math.min(schedules, from + drawnAtOnce);
    return job(`drawn ${from} to ${until}`, { seed, from, until, orders, faults });
  });
}

/** The first of each list, then the second of each, and so on. */
const inTurn = <Item>(lists: readonly (readonly Item[])[]): Item[] =>
  Array.from({ length: Math.max(0, ...lists.map(({ length }) => length)) }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();

/** One lead for each kind of violation in each variant: the shortest schedule that was found. */
function leadsIn(explored: readonly Explored[], chosen: readonly Variant[], { without }: ExploreFlags) {
  const leads = explored.flatMap(({ job, walked }) =>
    walked.found.flatMap(({ run, schedule, violations }) => {
      const variant = chosen.find(({ module }) => module === job.module)!;
      const orders = ordersOf(job, run);
      return violations.map((violation) => ({
        variant,
        without,
        orders,
        batch: batchOf(orders),
        schedule,
        violation,
      }));
    }),
  );
  const kinds = Map.groupBy(leads, ({ variant, violation }) => `${variant.name} ${kindOf(violation)}`);
  return [...kinds.values()].map((same) => same.toSorted((a, b) => a.schedule.length - b.schedule.length)[0]!);
}

const ordersOf = ({ search }: Job, run: number): StoredSchedule["orders"] =>
  "part" in search ? { scenario: partNamed(search.part).scenario } : { seed: search.seed, run, most: search.orders };

/** Repeats a schedule step by step, as it is deployed. */
async function replayCommand(stored: StoredSchedule, { json }: ExploreFlags): Promise<number> {
  const cloud = await openExplored(variantNamed(stored.variant), { without: stored.without, thin: false });
  const { violations, story, unmet } = await replay(cloud, batchOf(stored.orders), stored.schedule);
  if (json) print(`${JSON.stringify({ violations, story, unmet }, null, 2)}\n`);
  else {
    print(`${renderExploredFinding({ stored, story: renderStory(story), violations })}\n`);
    if (unmet > 0) note(`${unmet} of its ${stored.schedule.length} decisions did not come up\n`);
  }
  return violations.length > 0 ? exit.invalid : unmet > 0 ? exit.unknown : exit.valid;
}
