import { hash } from "node:crypto";
import { isSettled, lifecycle, type Milestone } from "@ovsc/shared";
import type { Row } from "./items.ts";

/** Ids that the cloud counts, and times of day: they tell states apart that go on alike. */
const incidental =
  /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, [\w :]{20} GMT/g;

export const plain = (value: unknown): string => JSON.stringify(value).replace(incidental, "");

export const digest = (text: string): string => hash("sha1", text, "base64");

/**
 * What a step reads of the event that woke it: whose order it is about, and whether it wakes because another failed.
 * All else it reads in the row. Why the other failed is kept, where the order is parked, and told to a person.
 */
export function gistOfPayload(text: string): unknown {
  let given: Given = JSON.parse(text);
  const isFailure = given.requestPayload !== undefined;
  while (given.requestPayload) given = given.requestPayload;
  // What a durable function proves with is another token each time.
  const { CheckpointToken: _token, ...rest } = given;
  if (given["detail-type"] === undefined || !given.detail) return [isFailure, rest];
  const { version, orderId, placementId } = given.detail;
  return [isFailure, version, orderId, placementId];
}

/** An event, or the record of an invocation that failed. */
interface Given {
  readonly requestPayload?: Given;
  readonly CheckpointToken?: string;
  readonly "detail-type"?: string;
  readonly detail?: { readonly version?: unknown; readonly orderId?: unknown; readonly placementId?: unknown };
}

/** An item but for the words of the reason for which an order is parked: that there is one is judged. */
export function gistOfItem(item: object): object {
  const { sk, reason } = item as Row & { readonly reason?: unknown };
  return sk?.S === "ORDER" && reason !== undefined ? { ...item, reason: true } : item;
}

/** Which facts were published, and which of them after one that ends the order. */
export function gistOfSaid(said: ReadonlySet<string>): readonly string[] {
  const facts = [...said].filter((name): name is Milestone => name in lifecycle);
  const end = facts.findIndex((name) => isSettled(lifecycle[name].to));
  const until = end < 0 ? facts.length : end + 1;
  return [...facts.slice(0, until).toSorted(), "", ...facts.slice(until).toSorted()];
}
