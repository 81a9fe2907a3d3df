import Table from "cli-table3";
import { sourcesOf } from "../latency/hops.ts";
import type { LatencyReport, PathReport } from "../latency/latency-report.ts";
import { type Medians, type Modelled, type Path, type Range, unknownHops } from "../latency/path.ts";
import { counted } from "./words.ts";

/** How long orders take, for a person. Every figure says that it is modelled. */
export function renderLatency({ command, profile, assumed, medians, paths }: LatencyReport): string {
  const variants = paths[0]?.times.map(({ variant }) => variant) ?? [];
  const table = new Table({ head: ["scenario", ...variants], style: { head: [], border: [], compact: true } });
  for (const path of paths) table.push([path.scenario, ...path.times.map((time) => cellOf(time, medians))]);
  return [
    `modelled, not measured, in the ${profile} profile: p50 and p95 in ms,`,
    "from the most favourable published source of each hop to the least",
    table.toString(),
    ...paths.flatMap((path) => verdictsOf(path).map((verdict) => `${path.scenario}: ${verdict}`)),
    ...flips(paths),
    "",
    "sources of the hops, p50 / p90 / p99 in ms:",
    ...(["rule", "standard", "express"] as const).flatMap((hop) =>
      medians[hop] === undefined
        ? sourcesOf(hop).map(
            ({ what, p50 = "-", p90 = "-", p99, measured, source }) =>
              `  ${what}: ${p50} / ${p90} / ${p99} (${measured}, ${source})`,
          )
        : [`  ${hop}: ${medians[hop]} (yours)`],
    ),
    `assumed: ${assumed.callMs} ms a call, ${assumed.handlerMs} ms of a step's own work, no cold start`,
    "assumed: each Task state is a hop as long as that from StartExecution to its first function",
    `again: ${command}`,
    "",
  ].join("\n");
}

const ms = (value: number): string => Math.round(value).toLocaleString("en");
const range = ({ least, most }: Range): string => (ms(least) === ms(most) ? ms(least) : `${ms(least)} to ${ms(most)}`);

function cellOf(time: Path & { readonly modelled: Modelled | undefined }, medians: Medians): string {
  const { modelled, waitedMs, wakers, calls } = time;
  const way = `${counted(wakers.length, "hop")}, ${counted(calls, "call")}`;
  if (waitedMs > 0) return `waits ${ms(waitedMs / 1000)} s\n${way}`;
  if (!modelled) return ["unknown:", ...unknownHops(time, medians).map((hop) => `--${hop}-hop`), way].join("\n");
  return `${range(modelled.p50)}\np95 ${range(modelled.p95)}\n${way}`;
}

/** Who takes less than whom, and about whom the sources disagree. */
export function verdictsOf({ pairs }: Pick<PathReport, "pairs">): string[] {
  const wins = Map.groupBy(pairs, ({ faster }) => faster);
  const [even, disagree] = [true, false].map((same) => (wins.get(undefined) ?? []).filter((p) => p.isEven === same));
  return [
    ...[...wins].flatMap(([faster, won]) =>
      faster === undefined
        ? []
        : [`${faster} takes less than ${won.map(({ between: [a, b] }) => (a === faster ? b : a)).join(", ")}`],
    ),
    ...(disagree?.length ? [`no one: sources disagree about ${named(disagree)}`] : []),
    ...(even?.length ? [`the same: ${named(even)}`] : []),
  ];
}

const named = (pairs: PathReport["pairs"]): string => pairs.map(({ between }) => between.join(" and ")).join(", ");

/** At which latency of a hop the pairs change places. */
function flips(paths: readonly PathReport[]): string[] {
  return paths.flatMap(({ scenario, pairs }) =>
    pairs.flatMap(({ between, flips: points }) =>
      points.map(
        ({ hop, atMs }) =>
          `${scenario}: ${between.join(" and ")} take the same where the ${hop} hop has p50 ${ms(atMs)} ms`,
      ),
    ),
  );
}
