import { project, selectionOf } from "../expression/projection.ts";
import { invalid } from "../failures.ts";
import type { Item } from "../item/attribute-value.ts";
import { rowOrder } from "../table/row-order.ts";
import type { CapacityMode } from "./capacity.ts";
import type { Request } from "./request.ts";
import { refuseCollectionMetrics, writeOf, type CollectionMetrics, type WriteInput } from "./write.ts";

type ReturnValues = "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";

interface WriteItemInput extends WriteInput, CollectionMetrics {
  readonly ReturnValues?: ReturnValues;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

/**
 * PutItem, UpdateItem and DeleteItem.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html, 2026-11-21
 */
export function writeItem(
  kind: "Put" | "Update" | "Delete",
  { tables, input, trace, consumed }: Request<WriteItemInput>,
): unknown {
  refuseCollectionMetrics(input, `${kind}Item`);
  const returnValues = input.ReturnValues ?? "NONE";
  if (kind !== "Update" && returnValues !== "NONE" && returnValues !== "ALL_OLD") {
    throw invalid("ReturnValues can only be ALL_OLD or NONE");
  }
  const write = writeOf(kind, input);
  const table = tables.get(write.tableName);
  const keys = write.locate(table);
  const order = rowOrder(table.key, keys);
  const old = table.read(order);
  const failure = write.failure(old);
  if (failure) {
    consumed.addFailedWrite(table, old, write.put);
    throw failure;
  }
  const next = write.next(table, old);
  tables.change(trace, table, order, keys, old, next);
  consumed.addWrite(table, old, next);
  const attributes = returned(returnValues, old?.item, next?.item, write.paths);
  return {
    ...(attributes && { Attributes: attributes }),
    ...consumed.one(input.ReturnConsumedCapacity),
  };
}

function returned(
  returnValues: ReturnValues,
  old: Item | undefined,
  next: Item | undefined,
  paths: Parameters<typeof selectionOf>[0] = [],
): Item | undefined {
  switch (returnValues) {
    case "NONE":
      return undefined;
    case "ALL_OLD":
      return old;
    case "ALL_NEW":
      return next;
    case "UPDATED_OLD":
      return old && unlessEmpty(project(selectionOf(paths), old));
    case "UPDATED_NEW":
      return next && unlessEmpty(project(selectionOf(paths), next));
  }
}

const unlessEmpty = (item: Item): Item | undefined => (Object.keys(item).length > 0 ? item : undefined);
