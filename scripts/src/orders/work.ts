import type { Profile } from "@ovsc/shared";
import type { TargetFlags } from "../clouds/target.ts";
import { exit, Failure } from "../failure.ts";
import { shellWord } from "../shell-word.ts";
import type { Batch } from "./batch.ts";
import { acceptLines, batchOf, drawnBatches, fileBatches, type RefusedLine } from "./batches.ts";
import { otherFile } from "./not-lines.ts";
import { readOrders } from "./orders-file.ts";
import { renderRefused } from "./refused-lines.ts";
import { scenarioNamed, scenarios } from "./scenarios.ts";

/** The flags that choose the orders, and those of the target: the command that repeats a run shows both. */
export interface WorkFlags extends TargetFlags {
  readonly profile?: Profile;
  readonly scenario?: readonly string[];
  readonly orders?: number;
  readonly seed?: number;
  readonly input?: string;
  readonly faults?: string;
  readonly variants?: string;
}

/** What a run of `compare` is to do. */
export interface Work {
  readonly batches: Iterable<Batch>;
  /** How many orders the batches hold. */
  readonly orders: number;
  readonly refused: readonly RefusedLine[];
  /** Of the schedule; none for everything in order. */
  readonly seed: number | undefined;
  /** The command that does this again. */
  readonly command: string;
  /** The shortest command that shows a batch again, by its name. */
  readonly commandFor: (batch: string) => string;
  /** The command that shows the orders of a batch in one variant, step by step, where there is one. */
  readonly showing: (batch: string, variant: string) => string | undefined;
}

/** @throws Failure for flags that do not go together, unknown scenarios and unreadable files */
export async function plan(flags: WorkFlags, suffix: string): Promise<Work> {
  const sources = [
    flags.scenario && "--scenario",
    flags.orders !== undefined && "--orders",
    flags.input && "--input",
  ].filter(Boolean);
  if (sources.length > 1) {
    throw new Failure(`${sources.join(" and ")} do not go together: a run has one source of orders`, {
      exitCode: exit.usage,
      next: "pnpm compare --help",
    });
  }
  if (flags.orders !== undefined) return drawn(flags, flags.orders, suffix);
  return flags.input ? fromFile(flags, flags.input, suffix) : named(flags, suffix);
}

function drawn(flags: WorkFlags, orders: number, suffix: string): Work {
  const seed = flags.seed ?? 1;
  const command = `pnpm compare --orders ${orders}${sameFlags({ ...flags, seed })}`;
  const batches = drawnBatches(orders, seed, suffix);
  return { batches, orders, refused: [], seed, command, commandFor: () => command, showing: () => undefined };
}

async function fromFile(flags: WorkFlags, file: string, suffix: string): Promise<Work> {
  const { orders, refused } = acceptLines(await Array.fromAsync(readOrders(file)));
  if (orders.length === 0) throw nothingIn(file, refused);
  const command = `pnpm compare --input ${shellWord(file)}${sameFlags(flags)}`;
  const batches = fileBatches(orders, suffix);
  return {
    batches,
    orders: orders.length,
    refused,
    seed: flags.seed,
    command,
    commandFor: () => command,
    showing: () => undefined,
  };
}

/** Nothing compared is no verdict. */
function nothingIn(file: string, refused: readonly RefusedLine[]): Failure {
  const other = refused.length > 0 ? otherFile(file) : undefined;
  const what = refused.length === 0 ? "is empty" : other ? `is ${other.is}` : "has no order on any line";
  const why = other ? "" : renderRefused(file, refused);
  return new Failure(`${file} ${what}, and one JSON object a line is wanted: nothing was compared\n${why}`.trimEnd(), {
    exitCode: exit.unknown,
    next: other?.next ?? "put one JSON object on a line, as in scripts/orders.ndjson",
  });
}

function named(flags: WorkFlags, suffix: string): Work {
  const chosen = flags.scenario
    ? [...new Set(flags.scenario)].map((name) => scenarioNamed(name, "pnpm compare"))
    : scenarios;
  const batches = chosen.map((scenario) => batchOf(scenario, suffix));
  const only = (names: readonly string[]) =>
    `pnpm compare --scenario ${names.map(shellWord).join(" ")}${sameFlags(flags)}`;
  return {
    batches,
    orders: batches.reduce((sum, { placements }) => sum + placements.length, 0),
    refused: [],
    seed: flags.seed,
    command: flags.scenario ? only(flags.scenario) : `pnpm compare${sameFlags(flags)}`,
    commandFor: (scenario) => only([scenario]),
    // Without a seed an order goes the same way again.
    showing: (scenario, variant) =>
      flags.seed === undefined ? `pnpm trigger ${variant} --scenario ${scenario}${sameFlags(flags)}` : undefined,
  };
}

/** The flags that a command which repeats this run needs too. */
const sameFlags = ({ profile = "equal", seed, faults, variants, target, endpointUrl }: WorkFlags): string =>
  [
    profile === "equal" ? "" : ` --profile ${profile}`,
    seed === undefined ? "" : ` --seed ${seed}`,
    faults ? ` --faults ${shellWord(faults)}` : "",
    variants === undefined ? "" : ` --variants ${shellWord(variants)}`,
    target ? ` --target ${target}` : "",
    endpointUrl ? ` --endpoint-url ${shellWord(endpointUrl)}` : "",
  ].join("");
