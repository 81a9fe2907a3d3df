import type { CapacityUnits } from "../../history.ts";
import type { Sized } from "../item/item-size.ts";
import type { Table } from "../table/table.ts";

/*
 * Request units: a write takes one for each KB, a strongly consistent read one for each 4 KB, an eventually consistent
 * read half as many, a transaction twice as many. What is not there counts as one KB.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html, 2026-11-21
 * Of a transaction only the table's part is doubled: an index takes what it takes outside of one, as measured on AWS.
 * https://github.com/nubo-db/dynoxide/pull/188, 2026-08-14
 */

const writeUnitsOf = (old: Sized | undefined, next: Sized | undefined): number =>
  Math.max(1, Math.ceil(Math.max(old?.bytes ?? 0, next?.bytes ?? 0) / 1024));

export const readUnits = (bytes: number, consistent: boolean | undefined): number =>
  Math.max(1, Math.ceil(bytes / 4096)) / (consistent ? 1 : 2);

/** How much of it an answer is to tell. */
export type CapacityMode = "INDEXES" | "TOTAL" | "NONE" | undefined;

/** Which member beside the total tells the units, in the answer to a transaction. */
type TransactionMember = "ReadCapacityUnits" | "WriteCapacityUnits";

interface TableUnits {
  table: number;
  indexes: Map<string, number> | undefined;
}

/** Units used by a request, by table and, within it, by index. */
export class Consumed {
  readonly #total: CapacityUnits;
  readonly #tables = new Map<Table, TableUnits>();

  /** @param total what the call has taken, answered or not, for whoever keeps its bill */
  constructor(total: CapacityUnits = { read: 0, write: 0 }) {
    this.#total = total;
  }

  addRead(table: Table, units: number, indexName?: string): void {
    this.#total.read += units;
    this.#add(table, units, indexName);
  }

  /** @param factor 2 in a transaction */
  addWrite(table: Table, old: Sized | undefined, next: Sized | undefined, factor = 1): void {
    this.addFailedWrite(table, old, next, factor);
    for (const [name, index] of table.indexes) {
      const units = index.writeUnits(old, next);
      if (units === 0) continue;
      this.#total.write += units;
      this.#add(table, units, name);
    }
  }

  /**
   * A write whose condition does not hold takes what it would have taken of the table, and nothing of its indexes.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html, 2026-11-21
   */
  addFailedWrite(table: Table, old: Sized | undefined, next: Sized | undefined, factor = 1): void {
    const units = factor * writeUnitsOf(old, next);
    this.#total.write += units;
    this.#add(table, units, undefined);
  }

  /** The `ConsumedCapacity` of an answer about one table: a member to spread, or nothing unless it is asked for. */
  one(mode: CapacityMode): { ConsumedCapacity?: unknown } {
    return isWanted(mode) ? { ConsumedCapacity: this.#show(mode, undefined)[0] } : {};
  }

  /** The `ConsumedCapacity` of an answer about several. */
  all(mode: CapacityMode, member?: TransactionMember): { ConsumedCapacity?: unknown } {
    return isWanted(mode) ? { ConsumedCapacity: this.#show(mode, member) } : {};
  }

  #add(table: Table, units: number, indexName: string | undefined): void {
    let entry = this.#tables.get(table);
    if (!entry) this.#tables.set(table, (entry = { table: 0, indexes: undefined }));
    if (indexName === undefined) {
      entry.table += units;
      return;
    }
    entry.indexes ??= new Map();
    entry.indexes.set(indexName, (entry.indexes.get(indexName) ?? 0) + units);
  }

  #show(mode: CapacityMode, member: TransactionMember | undefined): unknown[] {
    const shownUnits = (units: number) => ({ CapacityUnits: units, ...(member && { [member]: units }) });
    return Array.from(this.#tables, ([table, { table: tableUnits, indexes = new Map<string, number>() }]) => {
      let total = tableUnits;
      for (const units of indexes.values()) total += units;
      const shown: Record<string, unknown> = { TableName: table.definition.name, ...shownUnits(total) };
      if (mode !== "INDEXES") return shown;
      shown.Table = shownUnits(tableUnits);
      for (const [name, units] of indexes) {
        const local = table.indexes.get(name)!.definition.kind === "local";
        const indexMember = local ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes";
        shown[indexMember] = { ...(shown[indexMember] as object | undefined), [name]: shownUnits(units) };
      }
      return shown;
    });
  }
}

const isWanted = (mode: CapacityMode): boolean => mode === "TOTAL" || mode === "INDEXES";
