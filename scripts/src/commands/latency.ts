import type { Profile } from "@ovsc/shared";
import { assumed } from "../bill/assumptions.ts";
import { measure } from "../bill/measure.ts";
import { exit } from "../failure.ts";
import { latencyFile, type LatencyReport, type PathReport, reportPaths } from "../latency/latency-report.ts";
import { pathOf } from "../latency/path.ts";
import { scenarioNamed, scenarios } from "../orders/scenarios.ts";
import { renderLatency } from "../report/render-latency.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";
import { commandLine } from "./line/command-line.ts";

export interface LatencyFlags {
  readonly scenario?: readonly string[];
  readonly variants?: string;
  readonly ruleHop?: number;
  readonly standardHop?: number;
  readonly expressHop?: number;
  readonly directHop?: number;
  readonly checkpointHop?: number;
  readonly call?: number;
  readonly stepWork?: number;
  readonly profile?: Profile;
  readonly json?: true;
  readonly out?: string;
}

/** `latency`: how long an order takes in each variant, as modelled from published figures. @returns its exit code */
export async function latencyCommand({ json, out = outFolder, ...flags }: LatencyFlags): Promise<number> {
  const chosen = chosenVariants(flags.variants);
  // The time of one order cannot be told where several are under way.
  const single = scenarios.filter(({ orders }) => orders.length === 1);
  const asked = flags.scenario?.map((name) => scenarioNamed(name, "pnpm latency")) ?? single;
  const measured = await Promise.all(chosen.map((variant) => measure(variant, asked, flags.profile)));
  const base = assumed("base", { stepWorkMs: flags.stepWork });
  const terms = {
    assumed: flags.call === undefined ? base : { ...base, callMs: flags.call },
    medians: medians(flags),
  };
  const paths = asked.map(({ name }): PathReport => {
    const ways = measured.map(({ variant, scenarios: metered }) => pathOf(variant, metered.get(name)!));
    return reportPaths(name, ways, terms);
  });
  const command = commandLine("latency", flags, { profile: "equal" });
  const report: LatencyReport = { command, profile: flags.profile ?? "equal", ...terms, paths };
  writeOutput(out, latencyFile, report, "pnpm latency --out DIR");
  print(json ? `${JSON.stringify(report, null, 2)}\n` : renderLatency(report));
  return paths.some(({ times }) => times.some(({ modelled }) => !modelled)) ? exit.unknown : exit.valid;
}

const medians = ({ ruleHop, standardHop, expressHop, directHop, checkpointHop }: LatencyFlags) => ({
  ...(ruleHop !== undefined && { rule: ruleHop }),
  ...(standardHop !== undefined && { standard: standardHop }),
  ...(expressHop !== undefined && { express: expressHop }),
  ...(directHop !== undefined && { direct: directHop }),
  ...(checkpointHop !== undefined && { checkpoint: checkpointHop }),
});
