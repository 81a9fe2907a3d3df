import { endings, endOf, isSettled } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import type { FaultyCloud } from "./faulty-cloud.ts";
import { Injection } from "./injection.ts";
import type { KindName } from "./kinds.ts";

/** How orders end that arrive before, in and after an outage, as shares of all of them. */
export interface Shares {
  readonly shipped: number;
  readonly released: number;
  readonly parked: number;
  /** Under way for ever, or never created. */
  readonly stuck: number;
}

/** What an outage of one dependency came to in one variant. */
export interface OutagePoint {
  readonly lengthSeconds: number;
  /** Of all orders. */
  readonly all: Shares;
  /** Of those that arrived while it lasted. */
  readonly during: Shares;
}

/** How a dependency is away. */
export const away = {
  table: "server-error",
  "order-table": "server-error",
  inventory: "server-error",
  "payment-gateway": "server-error",
  carrier: "server-error",
  "event-bus": "server-error",
  lambda: "throttle",
  "rule-target": "delivery-failed",
} as const satisfies Partial<Record<Dependency, KindName>>;
export type Outable = keyof typeof away;

/** The lengths that are tried, in seconds, before that at which half are lost is looked for to the second. */
export const lengths = [30, 60, 120, 180, 240, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400, 172_800] as const;

/** Fewer than half of the orders that arrived while it lasted shipped. */
export const isLost = ({ during }: OutagePoint): boolean => during.shipped < 0.5;

/** Orders that everyone accepts, under an outage in the middle third of the time in which they arrive. */
export class Outage {
  readonly #cloud: FaultyCloud;
  readonly #dependency: Outable;
  readonly #orders: number;
  #runs = 0;

  /** @param orders a multiple of three */
  constructor(cloud: FaultyCloud, dependency: Outable, orders: number) {
    this.#cloud = cloud;
    this.#dependency = dependency;
    this.#orders = orders;
  }

  async lasting(lengthSeconds: number): Promise<OutagePoint> {
    const third = this.#orders / 3;
    const kind = away[this.#dependency];
    const outage = { kind, dependency: this.#dependency, from: lengthSeconds, until: 2 * lengthSeconds };
    const outcome = await this.#cloud.run(this.#batch(), new Injection([outage]), lengthSeconds / third);
    const ends = outcome.evidence.map(endOf).map(shareOf);
    return { lengthSeconds, all: shares(ends), during: shares(ends.slice(third, 2 * third)) };
  }

  /**
   * @param points of lengths that grow
   * @returns the longest length, in seconds, at which half of those that arrive meanwhile still ship; nothing where
   * they always do
   */
  async halfAmong(points: readonly OutagePoint[]): Promise<number | undefined> {
    const lost = points.findIndex(isLost);
    if (lost < 0) return undefined;
    return this.half(points[lost - 1]?.lengthSeconds ?? 0, points[lost]!.lengthSeconds);
  }

  /**
   * @param survived a length at which half of the orders that arrive meanwhile still ship
   * @param lost a longer one at which fewer do
   * @returns the longest length, in seconds, at which half still ship
   */
  async half(survived: number, lost: number): Promise<number> {
    if (lost - survived <= 1) return survived;
    const middle = Math.floor((survived + lost) / 2);
    return isLost(await this.lasting(middle)) ? this.half(survived, middle) : this.half(middle, lost);
  }

  #batch() {
    this.#runs += 1;
    const happy = scenarios.find(({ name }) => name === "happy")!;
    const [order] = happy.orders;
    const orders = Array.from({ length: this.#orders }, (_, index) => ({ ...order!, orderId: `${index}` }));
    const stock = { [order!.sku]: this.#orders * order!.quantity };
    const suffix = `-${this.#dependency}-${this.#runs}`;
    const { ends: _ends, ...batch } = batchOf({ ...happy, name: "outage", orders, stock }, suffix);
    return batch;
  }
}

function shareOf(end: ReturnType<typeof endOf>): keyof Shares {
  if (end === "SHIPPED") return "shipped";
  if (end === "REJECTED" || end === "never created" || !isSettled(end)) return "stuck";
  return endings[end].kind === "parked" ? "parked" : "released";
}

function shares(ends: readonly (keyof Shares)[]): Shares {
  const share = (of: keyof Shares) => ends.filter((end) => end === of).length / ends.length;
  return { shipped: share("shipped"), released: share("released"), parked: share("parked"), stuck: share("stuck") };
}
