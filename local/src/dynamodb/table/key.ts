import { invalid } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import { attributeOf, typeOf } from "../item/attribute-value.ts";

export interface KeyAttribute {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

/** The primary key of a table or the key of an index. */
export interface Key {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
}

export const attributesOf = ({ partition, sort }: Key): readonly KeyAttribute[] =>
  sort ? [partition, sort] : [partition];

/** @throws AwsError ValidationException unless `key` is exactly the key's attributes */
export function checkKey(key: Key, given: Item): void {
  const attributes = attributesOf(key);
  if (
    Object.keys(given).length !== attributes.length ||
    attributes.some(({ name, type }) => !(type in (attributeOf(given, name) ?? {})))
  ) {
    throw invalid("The provided key element does not match the schema");
  }
  checkKeyContents(key, given);
}

/** @throws AwsError ValidationException unless the item carries the key's attributes */
export function checkItemKey(key: Key, item: Item): void {
  for (const { name, type } of attributesOf(key)) {
    const value = attributeOf(item, name);
    if (!value) throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    if (type in value) continue;
    const actual = typeOf(value);
    throw invalid(
      `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${type} actual: ${actual}`,
    );
  }
  checkKeyContents(key, item);
}

/** An item need not have an index's key, but what it has must be of its type and not empty. */
export function checkIndexKey(indexName: string, key: Key, item: Item): void {
  for (const { name, type } of attributesOf(key)) {
    const value = attributeOf(item, name);
    if (!value) continue;
    if (!(type in value)) throw indexKeyMismatch(indexName, { name, type }, typeOf(value));
    if (!isEmpty(value)) continue;
    throw invalid(
      "One or more parameter values are not valid. A value specified for a secondary index key is not supported. " +
        `The AttributeValue for a key attribute cannot contain an empty ${emptyWord(type)} value. ` +
        `IndexName: ${indexName}, IndexKey: ${name}`,
    );
  }
}

export const indexKeyMismatch = (indexName: string, { name, type }: KeyAttribute, actual: string) =>
  invalid(
    `One or more parameter values were invalid: Type mismatch for Index Key ${name} ` +
      `Expected: ${type} Actual: ${actual} IndexName: ${indexName}`,
  );

/** Limits of …/developerguide/Constants.html, 2026-11-21: partition key 1 to 2,048 bytes, sort key 1 to 1,024. */
export function checkKeyContents(key: Key, item: Item): void {
  for (const { name, type } of attributesOf(key)) {
    const value = attributeOf(item, name)!;
    if (isEmpty(value)) {
      throw invalid(
        "One or more parameter values are not valid. " +
          `The AttributeValue for a key attribute cannot contain an empty ${emptyWord(type)} value. Key: ${name}`,
      );
    }
    const bytes = "S" in value ? Buffer.byteLength(value.S) : "B" in value ? Buffer.byteLength(value.B, "base64") : 0;
    if (name === key.partition.name) {
      if (bytes > 2048) {
        throw invalid(
          "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
        );
      }
    } else if (bytes > 1024) {
      throw invalid(
        "One or more parameter values were invalid: " +
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
      );
    }
  }
}

const isEmpty = (value: Item[string]): boolean => ("S" in value && value.S === "") || ("B" in value && value.B === "");
const emptyWord = (type: string): string => (type === "B" ? "binary" : "string");
