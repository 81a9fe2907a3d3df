import type { Clock } from "../../clock.ts";
import type { History, Trace } from "../../history.ts";
import { noTrace } from "../../history.ts";
import { tableNameOf } from "../corrections.ts";
import { noSuchTable } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import type { Table } from "./table.ts";
import { TimeToLive } from "./time-to-live.ts";

/** The tables of one account and Region, and the one place where items change. */
export class Tables {
  readonly #byName = new Map<string, Table>();
  readonly #timeToLive = new TimeToLive();
  readonly #clock: Clock;
  readonly #history: History;

  constructor(clock: Clock, history: History) {
    this.#clock = clock;
    this.#history = history;
  }

  add(table: Table): void {
    this.#byName.set(table.definition.name, table);
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** @throws AwsError ResourceNotFoundException */
  get(nameOrArn: string): Table {
    const table = this.#byName.get(tableNameOf(nameOrArn));
    if (!table) throw noSuchTable();
    return table;
  }

  /** Names in ascending order. */
  names(): string[] {
    return [...this.#byName.keys()].toSorted();
  }

  /** Empties every table, unheard. */
  clear(): void {
    for (const table of this.#byName.values()) table.clear();
    this.#timeToLive.clear();
  }

  /** Deletes the items whose time to live has run out by now. */
  expire(): void {
    for (const { table, row } of this.#timeToLive.takeDue(this.#clock.nowMs)) {
      this.change(noTrace, table, row.order, table.keysOf(row.item), row, undefined);
    }
  }

  /** Puts `next` in place of `old` and takes note of it; deleting what is not there changes nothing. */
  change(trace: Trace, table: Table, order: string, keys: Item, old: Sized | undefined, next: Sized | undefined): void {
    if (!old && !next) return;
    table.write(order, old, next);
    if (next && table.definition.timeToLiveAttribute !== undefined) {
      this.#timeToLive.watch(table, order, next.item, this.#clock.nowMs);
    }
    this.#history.record(trace, { type: "ItemChanged", table: table.definition.name, keys, newImage: next?.item });
  }
}
