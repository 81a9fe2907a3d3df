import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { assumed } from "../bill/assumptions.ts";
import { type Bill, billOf, type Terms } from "../bill/bill.ts";
import { measure } from "../bill/measure.ts";
import { synthesizeWithoutCode, templateOf } from "../clouds/synthesize.ts";
import { curveOf } from "../faults/curve.ts";
import { FaultyCloud } from "../faults/faulty-cloud.ts";
import { Injection } from "../faults/injection.ts";
import type { Outable } from "../faults/outage.ts";
import { linesOf } from "../footprint/footprint.ts";
import type { Hop } from "../latency/hops.ts";
import { type Medians, model, pathOf, unknownHops } from "../latency/path.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed } from "../orders/scenarios.ts";
import type { RunLine } from "../runs/log/run-line.ts";
import { RunLog } from "../runs/log/run-log.ts";
import { askingAfter } from "../story/asking.ts";
import { tellStory } from "../story/tell-story.ts";
import type { Ceiling } from "./quotas.ts";
import { auditDays, longestWait, messageBytes } from "./reach.ts";
import type { Span } from "./span.ts";
import { ceilingsOf } from "./throughput.ts";

/** What is known of one variant, in one profile. */
export interface Evidence {
  readonly variant: string;
  /** Milliseconds from placing to SHIPPED at the median, modelled; none where a hop has no source. */
  readonly shippedMs: Span | undefined;
  /** Those hops. */
  readonly unknownHops: readonly Hop[];
  /** Whether the client waits until the order has ended. */
  readonly clientWaits: boolean;
  /** The longest outage, in seconds, at which half of those that arrive meanwhile still ship. */
  readonly outageSeconds: Readonly<Partial<Record<Outable, number>>>;
  /** US dollars of a million orders of the mix: low and high. */
  readonly usdPerMillion: Span | undefined;
  /** Resources of the template that hold a part of the flow. */
  readonly places: number;
  /** Calls that it takes to know why an order is where it is. */
  readonly whyCalls: number;
  /** Days that what happened can be read after the fact; none where nothing keeps it. */
  readonly auditDays: number;
  /** Bytes that the largest message between two steps may have. */
  readonly messageBytes: number;
  /** The longest that an order can wait for a person between two steps, in seconds. */
  readonly waitsSeconds: number;
  /** Bytes handed to the functions of an order that ships: what travels instead of being read from the row. */
  readonly handedBytes: number;
  /** Orders a second that default quotas let through, by the Regions whose quotas are known. */
  readonly ceilings: Readonly<Record<string, Ceiling>>;
  /** The Region whose prices and quotas decide. */
  readonly region: string;
  /** Lines that the change requests of `footprint` change in the files that coordinate it. */
  readonly changedLines: number;
}

/** What is known of every variant at so many orders a month. */
export type EvidenceAt = (ordersPerMonth: number) => readonly Evidence[];

/** What a volume changes is computed for each. */
export type Known = (ordersPerMonth: number) => Evidence;

/** The dependencies that are taken away: those that every variant has. */
export const takenAway = ["table", "lambda"] as const satisfies readonly Outable[];

/** In each run of an outage, of which a third arrive while it lasts: as few as find the same second as many do. */
export const ordersTried = 12;

export interface Gathering {
  readonly profile: Profile;
  readonly terms: Terms;
  readonly medians: Medians;
  readonly region: string;
}

/** Runs what it takes to know a variant: the scenarios of the mix, outages, one order's story. */
export async function gather(variant: Variant, { profile, terms, medians, region }: Gathering): Promise<Known> {
  const happy = scenarioNamed("happy", "pnpm decide");
  const measured = await measure(variant, new Set([happy, ...terms.mix.keys()]), profile);
  const shipped = measured.scenarios.get(happy.name)!;
  const path = pathOf(variant.name, shipped);
  const template = templateOf(variant, await synthesizeWithoutCode(variant, { profile }));
  const story = await storyOf(variant, profile);
  const known: Omit<Evidence, "usdPerMillion"> = {
    variant: variant.name,
    shippedMs: model(path, assumed("base", terms.replaced), medians)?.p50,
    unknownHops: unknownHops(path, medians),
    clientWaits: shipped.clientWaits,
    outageSeconds: await survived(variant, profile),
    places: new Set(variant.flow(template).edges.map(({ heldBy }) => heldBy)).size,
    whyCalls: askingAfter(story).why.calls,
    auditDays: auditDays(measured.facts, shipped),
    messageBytes: messageBytes(shipped),
    waitsSeconds: longestWait(shipped),
    handedBytes: shipped.handedBytes,
    ceilings: ceilingsOf(shipped, terms.replaced),
    region,
    changedLines: await linesOf(variant),
  };
  return (ordersPerMonth) => ({
    ...known,
    usdPerMillion: perMillion(billOf(measured, { ...terms, ordersPerMonth }), ordersPerMonth),
  });
}

const perMillion = ({ total }: Bill, ordersPerMonth: number): Span | undefined => {
  if (!total) return undefined;
  const of = (usd: number) => (usd / ordersPerMonth) * 1_000_000;
  return { least: of(total.low), most: of(total.high) };
};

/** The same curves as `outage` draws of so many orders. */
async function survived(variant: Variant, profile: Profile): Promise<Evidence["outageSeconds"]> {
  const seconds: Partial<Record<Outable, number>> = {};
  for (const dependency of takenAway) {
    const { halfShipSeconds } = await curveOf({ variant, dependency, orders: ordersTried, profile });
    seconds[dependency] = halfShipSeconds ?? Infinity;
  }
  return seconds;
}

/** The story of an order whose shipping is refused: it has a way there and a way back. */
async function storyOf(variant: Variant, profile: Profile) {
  const log = new RunLog(variant.name, 0);
  const cloud = await FaultyCloud.open(variant, { profile, onHappening: (happening) => log.add(happening) });
  const batch = batchOf(scenarioNamed("shipping-refused", "pnpm decide"), "-story");
  log.begin(batch.name);
  await cloud.run(batch, new Injection([]));
  const { orderId } = batch.placements[0]!.order;
  const lines = log
    .take()
    .lines.flatMap(({ orderId: of, text }) => (of === orderId ? [JSON.parse(text) as RunLine] : []));
  return tellStory(lines);
}
