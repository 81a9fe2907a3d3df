import { UnknownFeature } from "../errors.ts";
import { objectsIn, type ConditionValues } from "../iam/action-table.ts";
import type { Tables } from "./table/tables.ts";

type Members = Readonly<Record<string, unknown>>;

/**
 * `dynamodb:LeadingKeys`: the partition keys of the items that a request reads or writes, each once. A Scan names none,
 * so that a condition ForAllValues holds for it, as on AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (2026-11-21)
 * @throws UnknownFeature (by the returned function) for Query, whose keys stand in an expression, and for keys other
 * than strings
 */
export const conditionValues =
  (tables: Tables): ConditionValues =>
  (key, { action, resource, part }) => {
    if (key !== "dynamodb:leadingkeys") return undefined;
    if (action === "dynamodb:Query") throw new UnknownFeature("the condition key dynamodb:LeadingKeys", action);
    const name = resource.slice(resource.lastIndexOf("/") + 1);
    const items = itemsOf(part);
    if (items.length === 0 || !tables.has(name)) return undefined;
    const { partition } = tables.get(name).key;
    return [...new Set(items.flatMap((item) => leadingKey(item[partition.name], action)))];
  };

/** The items and keys that a part of a request names, whatever the operation. */
function itemsOf(part: unknown): readonly Members[] {
  if (Array.isArray(part)) return part.flatMap(itemsOf);
  const [members] = objectsIn([part]);
  if (!members) return [];
  const { Item, Key, Keys, PutRequest, DeleteRequest } = members;
  return [...objectsIn([Item, Key]), ...objectsIn(Keys), ...itemsOf(PutRequest), ...itemsOf(DeleteRequest)];
}

/** A key that is missing or of the wrong type is left to the service to refuse. */
function leadingKey(value: unknown, action: string): readonly string[] {
  const [attribute] = objectsIn([value]);
  if (!attribute) return [];
  const text = attribute["S"];
  if (typeof text === "string") return [text];
  throw new UnknownFeature("the condition key dynamodb:LeadingKeys for a key that is no string", action);
}
