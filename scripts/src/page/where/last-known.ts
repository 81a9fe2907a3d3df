import type { RunLine } from "../../runs/log/run-line.ts";

/** Where an order stood when the run was over, in each variant. */
export interface LastKnown {
  readonly orderId: string;
  readonly batch: string;
  /** By the name of the variant: the row's status; before there is a row, the state of the placing. */
  readonly status: Readonly<Record<string, string>>;
}

/** Follows, line by line, where each order is. */
export class Whereabouts {
  readonly #orders = new Map<string, { orderId: string; batch: string; status: Record<string, string> }>();

  add(line: RunLine): void {
    if (line.orderId === undefined) return;
    const status =
      line.type === "StatusChanged"
        ? line.status
        : line.type === "PlacementChanged" && line.state !== "TAKEN"
          ? line.state
          : undefined;
    if (status === undefined) return;
    const { orderId, batch, variant } = line;
    const order = this.#orders.get(orderId) ?? { orderId, batch, status: {} };
    this.#orders.set(orderId, order);
    // A placing that is rejected says nothing of the order that has its id.
    if (line.type === "StatusChanged" || order.status[variant] === undefined) order.status[variant] = status;
  }

  get all(): readonly LastKnown[] {
    return [...this.#orders.values()];
  }
}
