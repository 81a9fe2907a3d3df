import type { OrderRecord } from "@ovsc/shared";

/** What one generation of an order went through, and what was published of it. */
export interface Generation extends Pick<OrderRecord, "status" | "statuses"> {
  readonly said: readonly string[];
}

/**
 * Tells what was published of an order apart by its generations. Each begins with OrderCreated, and another than the
 * first begins once InventoryReleased was published.
 * @param said names of events, in the order of time
 */
export function generationsOf(
  { status, statuses, generation }: Pick<OrderRecord, "status" | "statuses" | "generation">,
  said: readonly string[],
): Generation[] {
  const begun = statuses.flatMap((each, index) => (index > 0 && each === "PENDING" ? [index] : []));
  const told = beginnings(said, generation);
  return Array.from({ length: generation }, (_, number) => {
    const own = statuses.slice(begun[number - 1] ?? 0, begun[number]);
    return {
      status: number === generation - 1 ? status : own.at(-1)!,
      statuses: own,
      said: said.slice(told[number - 1] ?? 0, told[number]),
    };
  });
}

/** @returns the indices at which another generation's facts begin */
function beginnings(said: readonly string[], generation: number): number[] {
  const found: number[] = [];
  let isUndone = false;
  for (const [index, name] of said.entries()) {
    if (found.length === generation - 1) break;
    if (name === "InventoryReleased") isUndone = true;
    if (name !== "OrderCreated" || !isUndone) continue;
    found.push(index);
    isUndone = false;
  }
  return found;
}
