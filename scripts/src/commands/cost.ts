import type { Profile } from "@ovsc/shared";
import type { Terms } from "../bill/bill.ts";
import { costFile, costReport } from "../bill/cost-report.ts";
import { measure } from "../bill/measure.ts";
import { readMix, usualMix } from "../bill/mix.ts";
import { ownPrices, pricesIn, readPrices } from "../bill/prices.ts";
import { exit } from "../failure.ts";
import { renderCost } from "../report/render-cost.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";
import { commandLine } from "./line/command-line.ts";

export interface CostFlags {
  readonly ordersPerMonth: number;
  readonly mix?: string;
  readonly region: string;
  readonly prices?: string;
  readonly variants?: string;
  readonly freeTier?: true;
  readonly coldShare?: number;
  readonly stepWork?: number;
  readonly profile?: Profile;
  readonly json?: true;
  readonly out?: string;
}

/** `cost`: a month's bill of each variant, and where they cross. @returns its exit code */
export async function costCommand({ json, out = outFolder, ...flags }: CostFlags): Promise<number> {
  const list = readPrices(flags.prices ?? ownPrices);
  const terms: Terms = {
    ordersPerMonth: flags.ordersPerMonth,
    mix: flags.mix ? readMix(flags.mix) : usualMix,
    prices: pricesIn(list, flags.region),
    freeTier: flags.freeTier ?? false,
    replaced: { coldShare: flags.coldShare, stepWorkMs: flags.stepWork },
    stateBytes: 0,
  };
  const chosen = chosenVariants(flags.variants);
  const measured = await Promise.all(chosen.map((variant) => measure(variant, terms.mix.keys(), flags.profile)));
  const report = costReport(measured, terms, {
    region: flags.region,
    pricesOf: list.collected,
    profile: flags.profile ?? "equal",
    command: commandLine("cost", flags, { profile: "equal" }),
  });
  writeOutput(out, costFile, report, "pnpm cost --out DIR");
  print(json ? `${JSON.stringify(report, null, 2)}\n` : renderCost(report));
  return report.bills.some(({ missing }) => missing.length > 0) ? exit.unknown : exit.valid;
}
