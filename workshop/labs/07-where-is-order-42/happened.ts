import type { Happening } from "@ovsc/local";
import type { Seen } from "../../src/check/check.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** What happened of one kind, in order. */
export const all = <Type extends Happening["type"]>({ happenings }: Seen, type: Type): Of<Type>[] =>
  happenings.filter((each): each is Of<Type> => each.type === type);

/** An event of the saga, as it was published. */
export interface SagaEvent {
  readonly eventId: string;
  readonly name: string;
  readonly orderId: string;
  /** What led to it, as it says. */
  readonly causationId: string;
  /** How many statuses the order had been in; nothing where a client speaks. */
  readonly sequence?: number;
}

export const eventsIn = (seen: Seen): SagaEvent[] =>
  all(seen, "EventPublished")
    .filter(({ source }) => source !== "lambda")
    .map(({ eventId, detailType, detail }) => ({
      ...(detail as Omit<SagaEvent, "eventId" | "name">),
      eventId,
      name: detailType,
    }));

/** DynamoDB's own JSON. */
type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly L?: unknown[] } | undefined>>;

/** A row of an order that says where it is: its own, or the projection's. */
export interface Says {
  readonly orderId: string;
  readonly status: string;
  /** How many statuses it counts. */
  readonly sequence: number;
  readonly atMs: number;
}

const rowsOf = (seen: Seen, sortKey: string, sequenceOf: (item: Item) => number): Says[] =>
  all(seen, "ItemChanged").flatMap(({ newImage, atMs }) => {
    const item = (newImage ?? {}) as Item;
    if (item["sk"]?.S !== sortKey) return [];
    const orderId = (item["pk"]?.S ?? "").slice("ORDER#".length);
    return [{ orderId, status: item["status"]?.S ?? "", sequence: sequenceOf(item), atMs }];
  });

/** Every write of an order's own row, and every write of the projection's. */
export const rowWrites = (seen: Seen): Says[] => rowsOf(seen, "ORDER", (item) => item["statuses"]?.L?.length ?? 0);
export const projectionWrites = (seen: Seen): Says[] => rowsOf(seen, "STATUS", (item) => Number(item["sequence"]?.N));
