import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { attributeOf, setAttribute } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import type { Key } from "./key.ts";
import { attributesOf } from "./key.ts";
import type { Row } from "./ordered-rows.ts";
import { OrderedRows } from "./ordered-rows.ts";
import type { IndexDefinition } from "./secondary-index.ts";
import { SecondaryIndex } from "./secondary-index.ts";

export interface TableDefinition {
  readonly name: string;
  readonly key: Key;
  readonly indexes: readonly IndexDefinition[];
  readonly billing: { readonly readUnits: number; readonly writeUnits: number } | "PAY_PER_REQUEST";
  readonly deletionProtection: boolean;
  /** The attribute that says, in seconds since 1970, when an item expires. */
  readonly timeToLiveAttribute: string | undefined;
}

/** A table: its items in the order of their keys, and its indexes. */
export class Table {
  readonly definition: TableDefinition;
  readonly arn: string;
  readonly id: string;
  readonly createdAtMs: number;
  readonly rows = new OrderedRows();
  readonly indexes: ReadonlyMap<string, SecondaryIndex>;

  constructor(definition: TableDefinition, { arn, id, createdAtMs }: { arn: string; id: string; createdAtMs: number }) {
    this.definition = definition;
    this.arn = arn;
    this.id = id;
    this.createdAtMs = createdAtMs;
    const { key, indexes } = definition;
    this.indexes = new Map(indexes.map((index) => [index.name, new SecondaryIndex(index, key)]));
  }

  get key(): Key {
    return this.definition.key;
  }

  read(order: string): Row | undefined {
    return this.rows.get(order);
  }

  /** Puts `next` in place of `old`, the item that is there now; undefined for none. */
  write(order: string, old: Sized | undefined, next: Sized | undefined): void {
    if (next) this.rows.put(order, next);
    else if (old) this.rows.delete(order);
    for (const index of this.indexes.values()) index.change(old, next, order);
  }

  clear(): void {
    this.rows.clear();
    for (const index of this.indexes.values()) index.rows.clear();
  }

  keysOf(item: Item): Item {
    const keys: Record<string, AttributeValue> = {};
    for (const { name } of attributesOf(this.key)) setAttribute(keys, name, attributeOf(item, name)!);
    return keys;
  }
}
