import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { type Profile, profiles } from "@ovsc/shared";
import type { Template, Variant } from "@ovsc/shared/variant";
import { costFile, type CostReport } from "../bill/cost-report.ts";
import { synthesizeHere, templateOf } from "../clouds/synthesize.ts";
import { type DecisionFile, decisionFile } from "../decision/decide.ts";
import { exit, Failure } from "../failure.ts";
import { type MatrixFile, matrixFile, type OutageFile, outageFile } from "../faults/kept.ts";
import { footprintFile, type FootprintReport } from "../footprint/footprint.ts";
import type { RunResults } from "../judgement/results.ts";
import { latencyFile, type LatencyReport } from "../latency/latency-report.ts";
import { type HeldFlow, placesFile, type PlacesFile } from "../places/places.ts";
import { readRun } from "../runs/log/run-line.ts";
import { shellWord } from "../shell-word.ts";
import { sweepFile, type SweepReport } from "../sweep/sweep-report.ts";
import { variants as registry } from "../variants.ts";
import { observedFlow } from "./flows/observed-flow.ts";
import { Sightings } from "./flows/sightings.ts";
import { operationsOf } from "./operating/operations.ts";
import type { Page } from "./page.ts";
import { Candidates } from "./pairs/choose-pairs.ts";
import { linksByPath } from "./scores/links-by-path.ts";
import { placeScores } from "./scores/place-scores.ts";
import { scoresOf } from "./scores/score.ts";
import { Whereabouts } from "./where/last-known.ts";

/**
 * What a page is made of, from the files of a run.
 * @param folder with `results.json`, and `run.ndjson` of a run in the embedded cloud
 * @throws Failure where there are no results, or a file is not of a run
 */
export async function loadPage(folder: string): Promise<Page> {
  const run = readResults(join(folder, "results.json"));
  const variants = Object.keys(run.results[0]?.variants ?? {});
  const sightings = new Map(variants.map((variant) => [variant, new Sightings()]));
  const whereabouts = new Whereabouts();
  const candidates = new Candidates(run.results);
  const orders = run.results.reduce((sum, result) => sum + result.orders, 0);
  let untold = 0;
  for await (const line of linesIn(join(folder, "run.ndjson"))) {
    if (line.type === "PathTotal" && line.variant === variants[0]) untold += line.orders;
    if (line.type === "RunStarted" || line.type === "PathTotal") continue;
    sightings.get(line.variant)?.add(line);
    candidates.add(line);
    whereabouts.add(line);
  }
  const told = variants.length > 0 ? candidates.told(variants) : [];
  const stories = Object.fromEntries(variants.map((variant, side) => [variant, told.map((all) => all[side]!)]));
  const templates = await templatesOf(variants, run.profile);
  const held = heldIn(folder, templates, run.profile);
  return {
    run,
    variants,
    told: { orders: orders - untold, of: orders },
    matrix: readKept<MatrixFile>(folder, matrixFile(run.profile), "results"),
    outages: profiles
      .toSorted((a, b) => Number(b === run.profile) - Number(a === run.profile))
      .map((profile) => readKept<OutageFile>(folder, outageFile(profile), "curves", "orders"))
      .filter((file) => file !== undefined),
    cost: readKept<CostReport>(folder, costFile, "bills", "rules", "prices"),
    latency: readKept<LatencyReport>(folder, latencyFile, "paths"),
    decided: readKept<DecisionFile>(folder, decisionFile, "evidence", "region", "quotas"),
    footprint: readKept<FootprintReport>(folder, footprintFile, "footprints"),
    sweep: readKept<SweepReport>(folder, sweepFile, "sizes"),
    scores: [...scoresOf(run.results, variants, stories), ...placeScores(held, variants)],
    paths: linksByPath(stories),
    pairs: candidates.chosen(told),
    orders: whereabouts.all,
    flows: templates.map(({ variant, template }) => observedFlow(variant, template, sightings.get(variant.name)!)),
    held,
    operations: templates.map(({ variant: { name }, template }) => operationsOf(name, template)),
  };
}

/** A run elsewhere than in the embedded cloud has an empty log. */
const linesIn = (file: string): ReturnType<typeof readRun> | [] =>
  existsSync(file) && statSync(file).size > 0 ? readRun(file) : [];

/** The templates of the variants that this checkout has. */
async function templatesOf(names: readonly string[], profile: Profile) {
  const templates: Synthesized[] = [];
  for (const variant of registry.filter(({ name }) => names.includes(name))) {
    const assembly = await synthesizeHere(variant, { profile });
    templates.push({ variant, template: templateOf(variant, assembly), source: basename(assembly) });
  }
  return templates;
}

interface Synthesized {
  readonly variant: Variant;
  readonly template: Template;
  /** See `HeldFlow`. */
  readonly source: string;
}

/** What `places` found for the very same source. */
function heldIn(folder: string, templates: readonly Synthesized[], profile: Profile): HeldFlow[] {
  const kept = readKept<PlacesFile>(folder, placesFile, "held");
  return templates.flatMap(({ variant: { name }, source }) =>
    (kept?.profile === profile ? kept.held : []).filter((each) => each.variant === name && each.source === source),
  );
}

/**
 * What another command left in the folder for the report; nothing where it left nothing.
 * @param list what the file must have a list of
 * @param others what it must have beside
 * @throws Failure for a file that is something else
 */
function readKept<Kept>(
  folder: string,
  name: string,
  list: keyof Kept & string,
  ...others: readonly (keyof Kept & string)[]
): Kept | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  let kept: Kept | null = null;
  try {
    kept = JSON.parse(readFileSync(file, "utf8")) as Kept | null;
  } catch {
    // It is told below.
  }
  const lacking = Array.isArray(kept?.[list]) ? others.find((other) => kept?.[other] === undefined) : list;
  if (kept && lacking === undefined) return kept;
  throw new Failure(`${file} has no ${lacking}`, {
    exitCode: exit.usage,
    next: `rm ${shellWord(file)}, and make it anew`,
  });
}

function readResults(file: string): RunResults {
  const refuse = (why: string, cause?: unknown) =>
    new Failure(`cannot make a report of ${file}: ${why}`, {
      exitCode: exit.usage,
      next: "pnpm compare, which writes it, or pnpm report --from DIR",
      cause,
    });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message, error);
  }
  const { verdict, command, results } = (content ?? {}) as Partial<RunResults>;
  if (typeof verdict !== "string" || typeof command !== "string" || !Array.isArray(results)) {
    throw refuse("it has no verdict, command and results");
  }
  return content as RunResults;
}
