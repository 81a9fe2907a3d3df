import type { Happening } from "@ovsc/local";
import type { BusEvent } from "@ovsc/shared/variant";

/** The events that arrive on the embedded cloud's buses, order by order. */
export class HeardEvents {
  readonly #byOrder = new Map<string, BusEvent[]>();

  add(happening: Happening): void {
    if (happening.type !== "EventPublished" || happening.correlationId === undefined) return;
    const { correlationId, source, detailType } = happening;
    const heard = this.#byOrder.get(correlationId) ?? [];
    heard.push({ source, detailType });
    this.#byOrder.set(correlationId, heard);
  }

  /** In the order of time. */
  of(orderId: string): readonly BusEvent[] {
    return this.#byOrder.get(orderId) ?? [];
  }

  forget(orderIds: readonly string[]): void {
    for (const orderId of orderIds) this.#byOrder.delete(orderId);
  }
}
