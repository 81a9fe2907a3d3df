import type { AwsError } from "../../errors.ts";
import { UnknownFeature } from "../../errors.ts";
import { tableNameOf } from "../corrections.ts";
import { applyUpdate } from "../expression/apply-update.ts";
import { Expressions } from "../expression/expressions.ts";
import { holds } from "../expression/holds.ts";
import type { Path } from "../expression/path.ts";
import type { UpdateAction } from "../expression/update.ts";
import { conditionFailed, invalid } from "../failures.ts";
import { admitItem } from "../item/admit.ts";
import type { Item } from "../item/attribute-value.ts";
import type { Sized } from "../item/item-size.ts";
import { itemBytes, largestItemBytes } from "../item/item-size.ts";
import { attributesOf, checkIndexKey, checkItemKey, checkKey } from "../table/key.ts";
import type { Table } from "../table/table.ts";

/** One change of one item, read from its request; the same alone and within a transaction. */
export interface Write {
  readonly tableName: string;
  /** Resolved paths an update names; undefined for other writes. */
  readonly paths?: readonly Path[];
  /** False for a ConditionCheck. */
  readonly changes: boolean;
  /** The key of the item, checked against the table. @throws AwsError ValidationException */
  locate(table: Table): Item;
  /** The item to put; undefined for other writes. */
  readonly put?: Sized | undefined;
  /** ConditionalCheckFailedException unless the condition holds for the item that is there. */
  failure(old: Sized | undefined): AwsError | undefined;
  /**
   * The item after this write, its condition taken to hold; undefined for none.
   * @throws AwsError ValidationException where the item does not fit an update
   */
  next(table: Table, old: Sized | undefined): Sized | undefined;
}

export type WriteKind = "Put" | "Update" | "Delete" | "ConditionCheck";

export interface WriteInput {
  readonly TableName: string;
  readonly Item?: unknown;
  readonly Key?: unknown;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: unknown;
  readonly ExpressionAttributeValues?: unknown;
  readonly ReturnValuesOnConditionCheckFailure?: "ALL_OLD" | "NONE";
}

/** What every kind of write takes that counts what it does to item collections. */
export interface CollectionMetrics {
  readonly ReturnItemCollectionMetrics?: "SIZE" | "NONE";
}

/** @throws UnknownFeature for item collection metrics, which the cloud does not keep */
export function refuseCollectionMetrics(input: CollectionMetrics, operation: string): void {
  if (input.ReturnItemCollectionMetrics !== "SIZE") return;
  throw new UnknownFeature("ReturnItemCollectionMetrics SIZE", `dynamodb ${operation}`);
}

/**
 * Reads a write, which may stand alone or within a transaction or batch.
 * @throws AwsError ValidationException for what is wrong whatever the table holds
 */
export function writeOf(kind: WriteKind, input: WriteInput): Write {
  const tooLarge = "Item size has exceeded the maximum allowed size";
  const put = kind === "Put" ? sized(admitItem(input.Item), tooLarge) : undefined;
  const key = put?.item ?? admitItem(input.Key);
  const { ConditionExpression, UpdateExpression } = input;
  const given = kind === "Update" ? { UpdateExpression, ConditionExpression } : { ConditionExpression };
  const expressions = new Expressions(input, given);
  const update = kind === "Update" && UpdateExpression !== undefined ? expressions.update(UpdateExpression) : undefined;
  const condition =
    ConditionExpression === undefined ? undefined : expressions.condition("ConditionExpression", ConditionExpression);
  expressions.finish();
  const showOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  const failure = (old: Sized | undefined) =>
    !condition || holds(condition, old?.item ?? nothing, expressions)
      ? undefined
      : conditionFailed(showOld ? old?.item : undefined);
  const tableName = tableNameOf(input.TableName);

  switch (kind) {
    case "Put":
      return {
        tableName,
        changes: true,
        locate: (table) => {
          checkItemKey(table.key, key);
          checkIndexKeys(table, key);
          return table.keysOf(key);
        },
        put,
        failure,
        next: () => put,
      };
    case "Delete":
    case "ConditionCheck":
      return {
        tableName,
        changes: kind === "Delete",
        locate: (table) => locateKey(table, key),
        failure,
        next: (_table, old) => (kind === "Delete" ? undefined : old),
      };
    case "Update":
      return {
        tableName,
        paths: update?.paths ?? [],
        changes: true,
        locate: (table) => {
          checkUpdatePaths(table, update?.paths ?? []);
          return locateKey(table, key);
        },
        failure,
        next: (table, old) => updated(table, old?.item ?? key, update?.actions ?? [], expressions),
      };
  }
}

const nothing: Item = {};

function updated(table: Table, from: Item, actions: readonly UpdateAction[], expressions: Expressions): Sized {
  const next = sized(
    applyUpdate(actions, from, expressions),
    "Item size to update has exceeded the maximum allowed size",
  );
  checkIndexKeys(table, next.item);
  return next;
}

function sized(item: Item, tooLarge: string): Sized {
  const bytes = itemBytes(item);
  if (bytes > largestItemBytes) throw invalid(tooLarge);
  return { item, bytes };
}

function checkIndexKeys(table: Table, item: Item): void {
  for (const [name, { definition }] of table.indexes) checkIndexKey(name, definition.key, item);
}

function locateKey(table: Table, key: Item): Item {
  checkKey(table.key, key);
  return key;
}

function checkUpdatePaths(table: Table, paths: readonly Path[]): void {
  for (const { name } of attributesOf(table.key)) {
    if (paths.some((path) => path[0] === name)) {
      throw invalid(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    }
  }
}
