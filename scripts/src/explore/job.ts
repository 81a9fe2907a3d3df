import type { Variant } from "@ovsc/shared/variant";
import { drawnBatch } from "./drawn-batch.ts";
import { type ExploredClouds, openExplored } from "./judged-run.ts";
import { partNamed } from "./scope.ts";
import { draw, walk, type Walked, type Walking } from "./search.ts";

/** Some of a search: what one thread does at a time. */
export interface Job {
  /** URL of the module that exports the variant. */
  readonly module: string;
  /** The variant's name, and what is searched there. */
  readonly title: string;
  /** A weakening's name; the shipped code if not given. */
  readonly without: string | undefined;
  /** For how many seconds at the most. */
  readonly seconds: number;
  readonly search:
    | { readonly part: string }
    | {
        readonly seed: number;
        readonly from: number;
        readonly until: number;
        readonly orders: number;
        readonly faults: number;
      };
}

const clouds = new Map<string, Promise<ExploredClouds>>();

/** Does a job in this thread. */
export async function runJob({ module, without, search, seconds }: Job): Promise<Walked> {
  const { variant } = (await import(module)) as { readonly variant: Variant };
  const key = `${module} ${without}`;
  const known = clouds.get(key) ?? openExplored(variant, { without, thin: true });
  clouds.set(key, known);
  const opened = await known;
  const before = process.threadCpuUsage();
  const until = performance.now() + 1000 * seconds;
  // Where a line of defence is missing, one kind of damage is enough to show it.
  const walked = await searchIn(opened, search, { until, ...(without !== undefined && { kinds: 1 }) });
  const { user, system } = process.threadCpuUsage(before);
  return { ...walked, cpuSeconds: Math.round((user + system) / 1e6) };
}

function searchIn(opened: ExploredClouds, search: Job["search"], how: Walking): Promise<Walked> {
  if ("part" in search) return walk(opened, partNamed(search.part), how);
  const { orders, seed } = search;
  return draw(opened, { ...search, batchOf: (run) => drawnBatch(seed, run, orders) });
}
