import type { OrderRecord, SagaEvent } from "@ovsc/shared";

/** What one generation of an order went through, and what was published of it. */
export interface Generation extends Pick<OrderRecord, "status" | "statuses"> {
  readonly said: readonly string[];
}

/**
 * Tells what was published of an order apart by its generations: another begins once InventoryReleased was published,
 * by whatever is heard of it first. What an operator says, no log of a deployed stack tells.
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
  const found = said.flatMap((name, index) => (said[index - 1] === undone && name !== undone ? [index] : []));
  return found.slice(0, generation - 1);
}

const undone = "InventoryReleased" satisfies SagaEvent;
