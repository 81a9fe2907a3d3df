import { createHash } from "node:crypto";
import type { Finding } from "../../judgement/judge.ts";
import type { Batch } from "../../orders/batch.ts";
import type { BatchLog } from "./batch-log.ts";
import type { PathTotal } from "./run-line.ts";

/** Orders whose lines are all kept, whatever becomes of them: about so many of a long run, every one of a shorter. */
const sampledOrders = 1_000;
/** Orders with a finding whose lines are all kept. */
const ordersWithFinding = 1_000;
/** Different paths that are told apart, so that the log stays bounded; further ones are counted together. */
const differentPaths = 5_000;

export interface KeptLogOptions {
  /** `all` keeps every line, however long the run. */
  readonly keep: "all" | "sample";
  /** How many orders the run has. */
  readonly orders: number;
  /** The same sample is drawn for the same seed. */
  readonly seed: number;
  /** Takes text for the end of the file. */
  readonly write: (text: string) => void;
}

/**
 * Decides what of a run goes into its log: all lines of a sample of the orders and of those with a finding, and for the
 * others how many went which way. What becomes of an order is known when its batch has been judged.
 */
export class KeptLog {
  readonly #options: KeptLogOptions;
  readonly #waiting = new Map<string, BatchLog>();
  readonly #totals = new Map<string, PathTotal & { orders: number }>();
  #withFinding = 0;

  constructor(options: KeptLogOptions) {
    this.#options = options;
  }

  /** What happened in one variant; it waits until its batch is judged. */
  add(variant: string, log: BatchLog): void {
    this.#waiting.set(variant, log);
  }

  /** The batch that was added last, variant by variant, is judged: writes what is to be kept of it. */
  judged({ name, placements }: Batch, findings: readonly Finding[]): void {
    const own = new Set(placements.map(({ order }) => order.orderId));
    const kept = this.#keptOf([...own], findings);
    const isKept = (orderId = "") => (own.has(orderId) ? kept.has(orderId) : kept.size > 0);
    let text = "";
    // In the order of their names: which thread was done first is chance.
    for (const [variant, { lines, paths }] of [...this.#waiting].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      for (const { orderId, text: line } of lines) {
        if (isKept(orderId)) text += line;
      }
      for (const [orderId, path] of paths) if (!isKept(orderId)) this.#count(variant, name, path);
    }
    this.#waiting.clear();
    if (text) this.#options.write(text);
  }

  /** Writes how many of the orders that were not kept went which way. */
  end(): void {
    for (const total of this.#totals.values()) this.#options.write(`${JSON.stringify(total)}\n`);
  }

  #keptOf(orderIds: readonly string[], findings: readonly Finding[]): ReadonlySet<string> {
    if (this.#options.keep === "all") return new Set(orderIds);
    const kept = new Set(orderIds.filter((orderId) => this.#isSampled(orderId)));
    // A finding that names no order, such as lost stock, may be about any of the batch.
    const isWholeBatch = findings.some(({ orderId }) => orderId === undefined);
    const found = new Set(findings.map(({ orderId }) => orderId));
    for (const orderId of orderIds) {
      if (kept.has(orderId) || !(isWholeBatch || found.has(orderId))) continue;
      if (this.#withFinding === ordersWithFinding) break;
      this.#withFinding += 1;
      kept.add(orderId);
    }
    return kept;
  }

  /** By a number drawn from the seed and the order's id: the same in every variant, whatever else the run holds. */
  #isSampled(orderId: string): boolean {
    const { orders, seed } = this.#options;
    if (orders <= sampledOrders) return true;
    const drawn = createHash("sha256").update(`${seed} ${orderId}`).digest().readUInt32BE() / 2 ** 32;
    return drawn < sampledOrders / orders;
  }

  #count(variant: string, batch: string, path: readonly string[]): void {
    const own = JSON.stringify([variant, batch, path]);
    const isKnown = this.#totals.has(own) || this.#totals.size < differentPaths;
    const key = isKnown ? own : JSON.stringify([variant, batch]);
    const total = this.#totals.get(key);
    if (total) total.orders += 1;
    else this.#totals.set(key, { type: "PathTotal", variant, batch, orders: 1, ...(isKnown && { path }) });
  }
}
