import type { Evidence } from "@ovsc/shared";

/** A path at which two values differ, with both values. */
export interface Difference {
  readonly what: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** @returns every path at which two values of JSON differ */
export function differences(left: unknown, right: unknown, path = ""): Difference[] {
  if (Object.is(left, right)) return [];
  if (!isObject(left) || !isObject(right)) return [{ what: path, left, right }];
  const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...fields].flatMap((field) => differences(left[field], right[field], path ? `${path}.${field}` : field));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What tells two orders apart that are otherwise the same. */
const identity = new Set([
  "orderId",
  "placementId",
  "customerId",
  "reservationId",
  "chargeId",
  "trackingNumber",
  "idempotencyKey",
]);

/** Interchangeable orders without their identity, in the order of how they ended. */
export function withoutIdentity<Each>(orders: readonly Each[], evidenceOf: (each: Each) => Evidence): Each[] {
  const anonymous = (each: Each): Each =>
    JSON.parse(JSON.stringify(each, (field, value: unknown) => (identity.has(field) ? "(either)" : value))) as Each;
  const status = (each: Each): string => evidenceOf(each).row?.status ?? "";
  return orders.map(anonymous).toSorted((a, b) => status(a).localeCompare(status(b)));
}
