import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Profile } from "@ovsc/shared";
import type { Terms } from "../bill/bill.ts";
import { readMix, usualMix } from "../bill/mix.ts";
import { ownPrices, pricesIn, readPrices } from "../bill/prices.ts";
import { adr, outcome } from "../decision/adr.ts";
import { type Brief, readBrief, readMusts, readWeights } from "../decision/brief.ts";
import { decide, type DecisionFile, decisionFile } from "../decision/decide.ts";
import { type EvidenceAt, gather } from "../decision/evidence.ts";
import { sources } from "../decision/quotas.ts";
import { exit, Failure } from "../failure.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";
import { commandLine } from "./line/command-line.ts";

export interface DecideFlags {
  readonly brief?: string;
  readonly must?: string;
  readonly weights?: string;
  readonly profile?: Profile;
  readonly variants?: string;
  readonly mix?: string;
  readonly region: string;
  readonly directHop?: number;
  readonly checkpointHop?: number;
  readonly adr?: string;
  readonly json?: true;
  readonly out?: string;
}

/** The briefs that come with the project; the first is decided where none is named. */
const briefs = ["marketplace", "insured-payments"].map((name) =>
  fileURLToPath(new URL(`../../briefs/${name}.json`, import.meta.url)),
);

/** `decide`: a brief decided by evidence, as a decision record. @returns its exit code */
export async function decideCommand({ json, out = outFolder, adr: file, ...flags }: DecideFlags): Promise<number> {
  const { profile = "idiomatic", region, directHop, checkpointHop } = flags;
  const given = readBrief(flags.brief ?? briefs[0]!);
  const brief: Brief = {
    ...given,
    ...(flags.must !== undefined && { must: readMusts(flags.must) }),
    ...(flags.weights !== undefined && { weights: readWeights(flags.weights) }),
  };
  const terms: Terms = {
    ordersPerMonth: brief.ordersPerMonth,
    mix: flags.mix ? readMix(flags.mix) : usualMix,
    prices: pricesIn(readPrices(ownPrices), region),
    freeTier: false,
    replaced: {},
    stateBytes: 0,
  };
  const medians = {
    ...(directHop !== undefined && { direct: directHop }),
    ...(checkpointHop !== undefined && { checkpoint: checkpointHop }),
  };
  const known = await Promise.all(
    chosenVariants(flags.variants ?? "all").map((variant) => gather(variant, { profile, terms, medians, region })),
  );
  const evidenceAt: EvidenceAt = (ordersPerMonth) => known.map((each) => each(ordersPerMonth));
  const decision = decide(brief, evidenceAt);
  const others = briefs
    .map(readBrief)
    .filter(({ title }) => title !== brief.title)
    .map((other) => decide(other, evidenceAt));
  const command = commandLine("decide", flags, { profile: "idiomatic", region: "us-east-1" });
  const record = adr(decision, others, { command, profile, region, date: new Date().toISOString().slice(0, 10) });
  const found: DecisionFile = {
    command,
    profile,
    region,
    quotas: sources,
    evidence: evidenceAt(brief.ordersPerMonth),
    others,
    ...decision,
  };
  writeOutput(out, decisionFile, found, "pnpm decide --out DIR");
  if (file !== undefined) write(file, record);
  print(json ? `${JSON.stringify(found, null, 2)}\n` : record);
  note(`${outcome(decision)}\n`);
  return decision.choice === undefined ? exit.unknown : exit.valid;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`cannot write the record to ${file}: ${(error as Error).message}`, {
      exitCode: exit.environment,
      next: "pnpm decide --adr FILE",
      cause: error,
    });
  }
}
