import { restsLonger } from "./approval.ts";
import { OrderOvertaken } from "./errors.ts";
import { isSettled, lifecycle, type OrderStatus } from "./lifecycle.ts";
import { log } from "./log.ts";
import { type PlacementRef, refOfRow } from "./placement.ts";
import type { OpenOrder, OpenOrders, OrderRecord, Ports } from "./ports.ts";
import { steps } from "./steps/index.ts";
import { mostLooks } from "./steps/step.ts";
import { findOrTake, rejections } from "./steps/take-placement.ts";

/** What differs from one coordination to another: who goes on with an order, and how they hear that it is there. */
export interface Waking {
  /** True while somebody certainly goes on with it, such as an execution that runs. It is then left alone. */
  isAttended(placed: PlacementRef): Promise<boolean>;
  /**
   * Says again where an order is, to whoever goes on from there; of one that is settled, that it has ended.
   * @param record nothing for a placement that nobody took: then, that it was placed
   * @param causationId of the event that woke the sweeper
   */
  wake(placed: PlacementRef, record: OrderRecord | undefined, causationId: string): Promise<void>;
}

/** How often the sweeper looks, and how often it says again where an order is before it does more than that. */
export const sweeping = { everySeconds: 3_600, mostRepeats: 3 } as const;

export interface SweepPorts extends Ports {
  readonly openOrders: OpenOrders;
  /** ISO 8601. */
  readonly now: () => string;
  /** How long an order rests before it is swept: see `longestRest`. */
  readonly restSeconds: number;
}

export type Act = "say again" | "begin undo" | "park";

/**
 * What the sweeper does for an order that has rested too long. It says again where the order is, for whoever goes on
 * from there. Where that does not help, it begins the undo; where the undo has begun and does not go on, it parks.
 * @param status nothing for a placement that nobody took
 * @param sweeps how often it acted since the order's last move
 */
export function actFor(status: OrderStatus | undefined, sweeps: number): Act {
  if (sweeps < sweeping.mostRepeats || (status && isSettled(status))) return "say again";
  return status === undefined || isBeforeUndo(status) ? "begin undo" : "park";
}

const isBeforeUndo = (status: OrderStatus): boolean =>
  (lifecycle.RefundStarted.from as readonly OrderStatus[]).includes(status);

/** @returns whether an order has rested for its whole budget, and since the last sweep for a sweep's interval */
const isDue = ({ since, sweeps, record }: OpenOrder, restSeconds: number, nowMs: number): boolean =>
  nowMs - Date.parse(since) >= 1000 * (restSeconds + restsLonger(record?.status) + sweeps * sweeping.everySeconds);

/** Orders that one sweep may act on. What is left waits for the next. */
const mostActs = 1_000;

/**
 * One sweep over all that is open and has rested longer than anybody's budget. It decides nothing that a step decides:
 * each of its moves is legal by the lifecycle, and made under the condition that the row is as it was found.
 * @param causationId the id of what woke the sweeper
 * @throws SweepFailed where it could not act for some order; the others are done
 */
export async function sweep(ports: SweepPorts, waking: Waking, causationId: string): Promise<void> {
  const failed: Error[] = [];
  let acts = 0;
  const nowMs = Date.parse(ports.now());
  const before = new Date(nowMs - 1000 * ports.restSeconds).toISOString();
  for await (const open of ports.openOrders.restingSince(before)) {
    if (acts === mostActs) break;
    if (!isDue(open, ports.restSeconds, nowMs)) continue;
    const { orderId, placementId, since, sweeps, record } = open;
    const act = actFor(record?.status, sweeps);
    const about = { step: "Sweeper", correlationId: orderId, placementId, causationId, act };
    try {
      if (await waking.isAttended(open)) continue;
      acts += 1;
      await carryOut[act](open, ports, (found) =>
        waking.wake(found ? refOfRow(found) : { orderId, placementId }, found, causationId),
      );
      log("warn", "swept", { ...about, status: record?.status, since, sweeps: sweeps + 1 });
    } catch (error) {
      // Somebody moved it on meanwhile.
      if (error instanceof OrderOvertaken) continue;
      const { name, message } = error as Error;
      log("error", "sweep failed", { ...about, error: name, reason: message });
      failed.push(error as Error);
    }
  }
  if (failed.length > 0) throw new SweepFailed(failed);
}

type Wake = (record: OrderRecord | undefined) => Promise<void>;

const carryOut: Readonly<Record<Act, (open: OpenOrder, ports: SweepPorts, wake: Wake) => Promise<void>>> = {
  async "say again"(open, { openOrders }, wake) {
    await wake(open.record);
    // After it is said: where saying fails, the sweep does not count.
    await openOrders.swept(open);
  },

  async "begin undo"(open, ports, wake) {
    await wake(await claimed(open, ports));
  },

  async park({ orderId, placementId, generation, record }, ports, wake) {
    const message = `${record?.status}, and ${sweeping.mostRepeats} sweeps changed nothing`;
    const failure = { error: "UndoStuck", message };
    await wake((await steps.ParkOrder.run({ orderId, placementId, generation, failure }, ports)).record);
  },
};

/**
 * Claims an order for the undo, as RefundPayment would, and makes the row where there is none.
 * @returns the row as it is then; nothing for a placement that was rejected, of which it is said once more
 */
async function claimed(placed: PlacementRef, ports: Ports): Promise<OrderRecord | undefined> {
  for (let look = 1; look <= mostLooks; look += 1) {
    try {
      const record = await findOrTake(placed, "RefundStarted", ports);
      if (!record) continue;
      if (!isBeforeUndo(record.status) || (await ports.orders.move(record, "RefundStarted")))
        return await ports.orders.get(placed.orderId);
    } catch (error) {
      if (!rejections.some((each) => each.name === (error as Error).name)) throw error;
      return undefined;
    }
  }
  return ports.orders.get(placed.orderId);
}

/** Some orders could not be swept. The next sweep finds them again. */
class SweepFailed extends AggregateError {
  override readonly name = "SweepFailed";
  constructor(errors: readonly Error[]) {
    super(
      errors,
      `${errors.length} orders could not be swept, the first for ${errors[0]?.name}: ${errors[0]?.message}`,
    );
  }
}
