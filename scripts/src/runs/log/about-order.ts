import type { RunLine } from "./run-line.ts";

/** True for a line that may have led to something of an order without being about any: a tick, a try it began. */
export const mayLead = ({ orderId, type }: RunLine): boolean =>
  orderId === undefined && (type === "EventPublished" || type === "Delivery" || type === "InvocationStarted");

/**
 * The lines of an order, and those that led to them: the sweeper is woken by a schedule, for no order in particular.
 * @param lines of one variant, in the order in which they were written; they are returned in that order
 */
export function aboutOrder(orderId: string, lines: readonly RunLine[]): RunLine[] {
  const causes = new Set<string>();
  // A cause is written before its effect, so one way back finds all of them.
  const found = lines.toReversed().filter((line) => {
    if (line.orderId !== orderId && !(mayLead(line) && causes.has(idOf(line)))) return false;
    if (line.causationId !== undefined) causes.add(line.causationId);
    return true;
  });
  return found.toReversed();
}

function idOf(line: RunLine): string {
  if (line.type === "InvocationStarted") return line.requestId;
  return line.type === "EventPublished" || line.type === "Delivery" ? line.eventId : "";
}
