import { isSettled, lifecycle } from "../lifecycle.ts";
import { eventsOf, steps } from "../steps/index.ts";
import type { FlowEdge, Written } from "./flow.ts";

/** What a step may come to that settles an order, where the row alone tells it. */
export const settling = (written: Written): FlowEdge[] =>
  Object.values(steps).flatMap((step) =>
    eventsOf(step)
      .map((event) => ({ event, to: lifecycle[event].to }))
      .filter(({ to }) => isSettled(to))
      .map(({ event, to }) => ({
        from: step.name,
        to,
        kind: "event" as const,
        label: event,
        heldBy: step.name,
        seenAs: { status: to },
        written,
      })),
  );
