import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { attributeOf, setAttribute } from "../item/attribute-value.ts";
import { equal } from "../item/compare.ts";
import type { Sized } from "../item/item-size.ts";
import { itemBytes } from "../item/item-size.ts";
import type { Key } from "./key.ts";
import { attributesOf } from "./key.ts";
import { OrderedRows } from "./ordered-rows.ts";
import { rowOrder } from "./row-order.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html, 2026-11-21 */
export interface IndexDefinition {
  readonly kind: "global" | "local";
  readonly name: string;
  readonly key: Key;
  readonly projection: "ALL" | "KEYS_ONLY" | "INCLUDE";
  /** Beside the keys of the index and the table, for INCLUDE. */
  readonly nonKeyAttributes: readonly string[];
}

/** The items that have the index's key, cut to its projection, in the order of that key; up to date at once. */
export class SecondaryIndex {
  readonly definition: IndexDefinition;
  readonly rows = new OrderedRows();
  /** Attributes the index holds; undefined for all. */
  readonly projected: ReadonlySet<string> | undefined;

  constructor(definition: IndexDefinition, tableKey: Key) {
    this.definition = definition;
    if (definition.projection === "ALL") return;
    const keys = [...attributesOf(definition.key), ...attributesOf(tableKey)].map(({ name }) => name);
    this.projected = new Set([...keys, ...definition.nonKeyAttributes]);
  }

  /** @param source order of the table's row, which keeps rows with the same index key apart */
  change(old: Sized | undefined, next: Sized | undefined, source: string): void {
    const { key } = this.definition;
    const oldOrder = old && this.#has(old.item) ? rowOrder(key, old.item, source) : undefined;
    const nextOrder = next && this.#has(next.item) ? rowOrder(key, next.item, source) : undefined;
    if (oldOrder !== undefined && oldOrder !== nextOrder) this.rows.delete(oldOrder);
    if (nextOrder === undefined) return;
    this.rows.put(nextOrder, this.#project(next!));
  }

  /** Write units a change of an item costs here: a changed key is a delete and a put. */
  writeUnits(old: Sized | undefined, next: Sized | undefined): number {
    const before = old && this.#has(old.item) ? this.#project(old) : undefined;
    const after = next && this.#has(next.item) ? this.#project(next) : undefined;
    const [beforeUnits, afterUnits] = [units(before), units(after)];
    if (!before || !after) return beforeUnits + afterUnits;
    const moved = attributesOf(this.definition.key).some(
      ({ name }) => !equal(attributeOf(before.item, name)!, attributeOf(after.item, name)!),
    );
    if (moved) return beforeUnits + afterUnits;
    return equal({ M: before.item }, { M: after.item }) ? 0 : Math.max(beforeUnits, afterUnits);
  }

  #has(item: Item): boolean {
    const { partition, sort } = this.definition.key;
    return Object.hasOwn(item, partition.name) && (!sort || Object.hasOwn(item, sort.name));
  }

  #project(whole: Sized): Sized {
    if (!this.projected) return whole;
    const item: Record<string, AttributeValue> = {};
    for (const name of this.projected) {
      const value = attributeOf(whole.item, name);
      if (value) setAttribute(item, name, value);
    }
    return { item, bytes: itemBytes(item) };
  }
}

const units = (row: Sized | undefined): number => (row ? Math.ceil(row.bytes / 1024) : 0);
