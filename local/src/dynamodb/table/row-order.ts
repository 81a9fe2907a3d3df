import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { attributeOf } from "../item/attribute-value.ts";
import { bytes, utf8Order } from "../item/compare.ts";
import { orderText } from "../item/decimal.ts";
import type { Key } from "./key.ts";

/*
 * Where a row stands: position of its partition, partition key, sort key, and for an index the row it comes from. As
 * one text, a partition is a range, and so is a condition on the sort key. A part ends with two zero characters and
 * a zero within it is followed by a one, so a shorter part sorts before the longer one it begins.
 */
const end = "\0\0";
const zero = /\0/g;

/** Sorts after everything that begins with the text before it: no code unit of a part's first character is as large. */
export const beyond = "\uffff";

const part = (text: string): string => (text.includes("\0") ? text.replace(zero, "\0\x01") : text);

/** Positions run from 0 to this, exclusive: four digits to the base 36. */
export const positionCount = 36 ** 4;

export const positionText = (position: number): string => position.toString(36).padStart(4, "0");

/** The text every row of a partition begins with. */
export function partitionOrder(partitionKey: AttributeValue): string {
  const text = partText(partitionKey);
  // DynamoDB hashes the partition key, so a scan meets partitions in no order a reader could rely on.
  return positionText(fnv1a(text) % positionCount) + part(text) + end;
}

/** What follows `partitionOrder` for one sort key, or with `open` for all that begin with it. */
export const sortOrder = (sortKey: AttributeValue, open = false): string => part(partText(sortKey)) + (open ? "" : end);

/**
 * @param item holds the key's attributes
 * @param source for a row of an index, the order of the table's row
 */
export function rowOrder(key: Key, item: Item, source = ""): string {
  const partition = partitionOrder(attributeOf(item, key.partition.name)!);
  return partition + (key.sort ? sortOrder(attributeOf(item, key.sort.name)!) : "") + source;
}

function partText(value: AttributeValue): string {
  if ("S" in value) return utf8Order(value.S);
  if ("N" in value) return orderText(value.N);
  if ("B" in value) return bytes(value.B);
  throw new Error("a key is a string, a number or binary");
}

/** FNV-1a over code units, 32 bits; public domain. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
