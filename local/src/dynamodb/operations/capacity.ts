import type { Sized } from "../item/item-size.ts";
import type { CapacityMode } from "../parameters.ts";
import type { Table } from "../table/table.ts";

/*
 * Request units: a write takes one for each KB, a strongly consistent read one for each 4 KB, an eventually consistent
 * read half as many, a transaction twice as many. What is not there counts as one KB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html, 2026-11-21
 */

const writeUnitsOf = (old: Sized | undefined, next: Sized | undefined): number =>
  Math.max(1, Math.ceil(Math.max(old?.bytes ?? 0, next?.bytes ?? 0) / 1024));

export const readUnits = (bytes: number, consistent: boolean | undefined): number =>
  Math.max(1, Math.ceil(bytes / 4096)) / (consistent ? 1 : 2);

/** Units used by a request, by table and, within it, by index. */
export class Consumed {
  readonly #mode: CapacityMode;
  readonly #tables = new Map<Table, { table: number; indexes: Map<string, number> }>();
  /** Which member beside the total tells the units, in the answer to a transaction. */
  readonly #transactionMember: "ReadCapacityUnits" | "WriteCapacityUnits" | undefined;

  constructor(mode: CapacityMode, transactionMember?: "ReadCapacityUnits" | "WriteCapacityUnits") {
    this.#mode = mode;
    this.#transactionMember = transactionMember;
  }

  /** Whether the caller asked; where not, nothing need be counted. */
  get isWanted(): boolean {
    return this.#mode === "TOTAL" || this.#mode === "INDEXES";
  }

  add(table: Table, units: number, indexName?: string): void {
    const entry = this.#tables.get(table) ?? { table: 0, indexes: new Map<string, number>() };
    this.#tables.set(table, entry);
    if (indexName === undefined) entry.table += units;
    else entry.indexes.set(indexName, (entry.indexes.get(indexName) ?? 0) + units);
  }

  /** @param factor 2 in a transaction */
  addWrite(table: Table, old: Sized | undefined, next: Sized | undefined, factor = 1): void {
    if (!this.isWanted) return;
    this.add(table, factor * writeUnitsOf(old, next));
    for (const [name, index] of table.indexes) {
      const units = index.writeUnits(old, next);
      if (units > 0) this.add(table, factor * units, name);
    }
  }

  /** The `ConsumedCapacity` of an answer about one table: a member to spread, or nothing. */
  one(): { ConsumedCapacity?: unknown } {
    return this.isWanted ? { ConsumedCapacity: this.#show()[0] } : {};
  }

  /** The `ConsumedCapacity` of an answer about several. */
  all(): { ConsumedCapacity?: unknown } {
    return this.isWanted ? { ConsumedCapacity: this.#show() } : {};
  }

  #show(): unknown[] {
    return Array.from(this.#tables, ([table, { table: tableUnits, indexes }]) => {
      let total = tableUnits;
      for (const units of indexes.values()) total += units;
      const shown: Record<string, unknown> = { TableName: table.definition.name, ...this.#units(total) };
      if (this.#mode !== "INDEXES") return shown;
      shown.Table = this.#units(tableUnits);
      for (const [name, units] of indexes) {
        const local = table.indexes.get(name)!.definition.kind === "local";
        const member = local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
        shown[member] = { ...(shown[member] as object | undefined), [name]: this.#units(units) };
      }
      return shown;
    });
  }

  #units(units: number): Record<string, number> {
    const member = this.#transactionMember;
    return member ? { CapacityUnits: units, [member]: units } : { CapacityUnits: units };
  }
}
