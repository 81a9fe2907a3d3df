import { globSync, readFileSync } from "node:fs";
import { type Profiler, Session } from "node:inspector/promises";
import { basename, join } from "node:path";
import type { Variant } from "@ovsc/shared/variant";
import type { Plugin } from "esbuild";
import { synthesizeChanged } from "../clouds/synthesize.ts";
import { embeddedSagas } from "./sagas.ts";
import { measure, type Pace } from "./spread.ts";

/** Whose code time goes to; what runs on behalf of a code, such as hashing or parsing, counts as that code. */
const parts = ["SDK in handlers", "steps", "cloud", "log", "SDK of the client", "garbage", "rest"] as const;
export type Part = (typeof parts)[number];
export type Shares = Readonly<Record<Part, number>>;

/** Leaves the names and places of modules in a bundle. */
const readable: Plugin = {
  name: "readable",
  setup: ({ initialOptions }) => void (initialOptions.minify = false),
};

/** @returns what part of the time of sagas, one in flight, goes to whose code: together 1 */
export async function sharesOf(variant: Variant, pace: Pace): Promise<Shares> {
  const change = { thin: false, plugins: [readable], amend() {}, key: readable.name };
  const assembly = await synthesizeChanged(variant, change);
  const { sagas } = await embeddedSagas(variant, assembly, 1);
  await measure(sagas, pace);
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await measure(sagas, pace);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const bundles = globSync(join(assembly, "asset.*/*.js")).map((file) => [basename(file), modulesIn(file)] as const);
  return sharesIn(profile, new Map(bundles));
}

/** The module of each line of a readable bundle, which esbuild names before the module begins. */
function modulesIn(file: string): readonly string[] {
  let module = "";
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => (module = /^\s*\/\/ (\S+\.[cm]?[jt]s)$/.exec(line)?.[1] ?? module));
}

/** @param bundles the module of each line, by the name of the bundle's file */
export function sharesIn(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  bundles: ReadonlyMap<string, readonly string[]>,
): Shares {
  const spent = new Map<number, number>();
  samples.forEach((id, index) => spent.set(id, (spent.get(id) ?? 0) + timeDeltas[index]!));
  const callers = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shares = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>;
  for (const [id, time] of spent) {
    if (byId.get(id)!.callFrame.functionName === "(idle)") continue;
    let part: Part | undefined;
    for (let at: number | undefined = id; at !== undefined && !part; at = callers.get(at)) {
      part = partOf(byId.get(at)!.callFrame, bundles);
    }
    shares[part ?? "rest"] += time;
  }
  const all = parts.reduce((sum, part) => sum + shares[part], 0);
  for (const part of parts) shares[part] /= all;
  return shares;
}

/** @returns undefined for what runs on behalf of its caller */
function partOf(
  { functionName, url, lineNumber }: Profiler.ProfileNode["callFrame"],
  bundles: ReadonlyMap<string, readonly string[]>,
): Part | undefined {
  if (functionName === "(garbage collector)") return "garbage";
  if (url === "" || url.startsWith("node:")) return undefined;
  const bundle = url.includes("/var/task/") ? bundles.get(basename(url)) : undefined;
  const module = bundle ? bundle[lineNumber]! : url;
  if (/node_modules\/(?:\.pnpm\/)?@(?:aws|smithy)/.test(module))
    return bundle ? "SDK in handlers" : "SDK of the client";
  if (/\blog\.ts$|history\.ts$|counter\.ts$/.test(module)) return "log";
  if (bundle) return "steps";
  return module.includes("/local/src/") ? "cloud" : "rest";
}
