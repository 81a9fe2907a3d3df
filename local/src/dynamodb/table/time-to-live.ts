import type { Item } from "../item/attribute-value.ts";
import { attributeOf } from "../item/attribute-value.ts";
import type { Row } from "./ordered-rows.ts";
import type { Table } from "./table.ts";

/**
 * AWS deletes an expired item "typically within two days", and shows it until then. Here it is always two days, so that
 * code which takes an expired item for gone is found out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html, 2026-11-21
 */
const deletedAfterMs = 48 * 3_600_000;

/** Items that expired longer ago than this are kept: …/developerguide/time-to-live-ttl-before-you-start.html */
const longestExpiredMs = 5 * 365 * 24 * 3_600_000;

interface Expiry {
  readonly dueMs: number;
  readonly table: Table;
  readonly order: string;
}

/** Knows which items have expired; asked whenever the tables are used, so that an idle cloud waits for nothing. */
export class TimeToLive {
  /** By due time, ascending. */
  readonly #expiries: Expiry[] = [];

  clear(): void {
    this.#expiries.length = 0;
  }

  /** Takes note of an item that was written. */
  watch(table: Table, order: string, item: Item, nowMs: number): void {
    const expiresMs = expiryOf(table, item);
    if (expiresMs === undefined || expiresMs < nowMs - longestExpiredMs) return;
    // An item that had expired when it was written is deleted two days after it was written.
    const dueMs = Math.max(expiresMs, nowMs) + deletedAfterMs;
    let index = this.#expiries.length;
    while (index > 0 && this.#expiries[index - 1]!.dueMs > dueMs) index -= 1;
    this.#expiries.splice(index, 0, { dueMs, table, order });
  }

  /** Takes what is due and was not given more time since; whoever takes a row deletes it before taking the next. */
  *takeDue(nowMs: number): Generator<{ table: Table; row: Row }, void> {
    const [first] = this.#expiries;
    if (!first || first.dueMs > nowMs) return;
    const later = this.#expiries.findIndex(({ dueMs }) => dueMs > nowMs);
    for (const { table, order, dueMs } of this.#expiries.splice(0, later < 0 ? this.#expiries.length : later)) {
      const row = table.read(order);
      const expiresMs = row && expiryOf(table, row.item);
      if (row && expiresMs !== undefined && expiresMs + deletedAfterMs <= dueMs) yield { table, row };
    }
  }
}

/** When an item expires, in milliseconds since 1970; undefined for one without a number in the table's attribute. */
function expiryOf(table: Table, item: Item): number | undefined {
  const { timeToLiveAttribute } = table.definition;
  const value = timeToLiveAttribute === undefined ? undefined : attributeOf(item, timeToLiveAttribute);
  return value && "N" in value ? Math.floor(Number(value.N)) * 1000 : undefined;
}
