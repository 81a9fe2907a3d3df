import type { Happening } from "@ovsc/local";
import type { PlacementRef } from "@ovsc/shared";
import type { BusEvent } from "@ovsc/shared/variant";

/** The events that arrive on the embedded cloud's buses, order by order. */
export class HeardEvents {
  readonly #byOrder = new Map<string, (BusEvent & { readonly placementId: unknown })[]>();

  add(happening: Happening): void {
    if (happening.type !== "EventPublished" || happening.correlationId === undefined) return;
    const { correlationId, source, detailType, detail } = happening;
    const { placementId } = (detail ?? {}) as { placementId?: unknown };
    const heard = this.#byOrder.get(correlationId) ?? [];
    heard.push({ source, detailType, placementId });
    this.#byOrder.set(correlationId, heard);
  }

  /** In the order of time. */
  of({ orderId, placementId }: PlacementRef): readonly BusEvent[] {
    return (this.#byOrder.get(orderId) ?? []).filter((each) => each.placementId === placementId);
  }

  forget(orderIds: readonly string[]): void {
    for (const orderId of orderIds) this.#byOrder.delete(orderId);
  }
}
