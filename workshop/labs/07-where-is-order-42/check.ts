import { counted } from "@ovsc/scripts";
import { aboutOrder, askingAfter, knownIn, tellStory, type ToldStory, wrongAnswers } from "@ovsc/scripts/lived";
import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";
import { inEach } from "../../src/check/happened.ts";
import type { OwnRun } from "../../src/progress/own-run.ts";
import { all, eventsIn, projectionWrites, rowWrites } from "./happened.ts";

const correlated: Claim = {
  task: "correlation",
  broken(seen) {
    for (const { line, correlationId: orderId } of all(seen, "Log")) {
      const said = JSON.parse(line.slice(line.indexOf("{"))) as { step: string; correlationId?: string };
      if (said.correlationId === orderId) continue;
      return `${said.step} says ${said.correlationId ?? "nothing"} as its correlation id, and works for ${orderId}`;
    }
    return undefined;
  },
};

/** The events of each order, made a tree by what each says led to it. */
const rooted: Claim = {
  task: "causation",
  broken(seen) {
    const events = eventsIn(seen);
    const ids = new Set(events.map(({ eventId }) => eventId));
    for (const [orderId, own] of Map.groupBy(events, (event) => event.orderId)) {
      const orphan = own.find(({ causationId }) => causationId !== "client" && !ids.has(causationId));
      if (orphan) return `${orphan.name} of ${orderId} says that ${orphan.causationId} led to it, which is no event`;
      const roots = own.filter(({ causationId }) => causationId === "client").map(({ name }) => name);
      if (roots.length > 1) return `${orderId} has ${roots.length} roots instead of one: ${roots.join(", ")}`;
    }
    return undefined;
  },
};

const projected: Claim = {
  task: "projection",
  broken(seen) {
    if (seen.variant !== "choreography") return undefined;
    const said = new Map(projectionWrites(seen).map(({ orderId, status }) => [orderId, status]));
    for (const { orderId, row } of seen.outcome.evidence) {
      if (!row || said.get(orderId) === row.status) continue;
      return `${orderId} is ${row.status}, and the projection says ${said.get(orderId) ?? "nothing"}`;
    }
    return undefined;
  },
};

/** How long the projection did not know what the row said, at the most, in seconds of virtual time. */
function lagSeconds(seen: Seen): number {
  const writes = projectionWrites(seen);
  const lags = rowWrites(seen).map(({ orderId, sequence, atMs }) => {
    const known = writes.find((write) => write.orderId === orderId && write.sequence >= sequence);
    return (known?.atMs ?? atMs) - atMs;
  });
  return Math.max(0, ...lags) / 1000;
}

/** Whether some event about an order was never handed to the projection, and some were. */
function isHalfDeaf(seen: Seen): boolean {
  const heard = all(seen, "Delivery").filter(({ target }) => target.includes("Projection"));
  const ids = new Set(heard.map(({ eventId }) => eventId));
  return (
    heard.length > 0 && eventsIn(seen).some(({ eventId, sequence }) => sequence !== undefined && !ids.has(eventId))
  );
}

const wentBack = (seen: Seen): boolean =>
  [...Map.groupBy(projectionWrites(seen), ({ orderId }) => orderId).values()].some((own) =>
    own.some(({ sequence }, index) => index > 0 && sequence < own[index - 1]!.sequence),
  );

/** The learner's order 42 as it went in one variant. */
const story = ({ lines }: OwnRun, variant: string): ToldStory =>
  tellStory(
    aboutOrder(
      "order-42",
      lines.filter((line) => line.variant === variant),
    ),
  );

const wrong = (told: ToldStory, by: string): number =>
  wrongAnswers(told, knownIn(told)).filter(({ way }) => way === by).length;

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused", duplicates: true },
    { scenario: "declined", duplicates: true },
    { scenario: "charge-answer-lost" },
    { scenario: "refund-fails" },
    // The row moves, and the bus does not take what it says of it: the next try says it, a minute later.
    {
      scenario: "happy",
      faults: [{ kind: "server-error", dependency: "event-bus", step: "ChargePayment", attempts: [1] }],
    },
  ],
  tells(seen) {
    const { scenario, faults } = seen.story;
    if (seen.variant !== "choreography" || scenario !== "happy") return undefined;
    const bus = faults ? "a bus that turned PaymentCharged down once" : "a bus that took everything";
    return `with ${bus}, the projection was behind its row for ${lagSeconds(seen)} s at the most`;
  },
  claims: [correlated, rooted, projected, judged("projection")],
  misconceptions: [
    {
      name: "root-as-cause",
      hint:
        "Each event hands on the cause of the one before it, so that all seem to come from the client. What led to " +
        "this event is the event that woke the step.",
      shows: (seen) => rooted.broken(seen)?.includes("roots instead of one") ?? false,
    },
    {
      name: "happy-path-only",
      hint: "The projection hears the way forward alone. Orders that are undone move too, and say so.",
      shows: isHalfDeaf,
    },
    {
      name: "last-wins",
      hint:
        "The projection went back: an older event came later, and was written over a newer one. Which of the two is " +
        "newer, an event says itself.",
      shows: wentBack,
    },
    {
      name: "by-clock",
      hint:
        "The time of an event is in whole seconds, and an order may move several times in one. The clock does not " +
        "say which came first; the row counts its moves.",
      shows: (seen) => projected.broken(seen) !== undefined && projectionWrites(seen).length > 0,
    },
  ],
  truths: {
    asked: (ran) => {
      const calls = (variant: string): string =>
        Object.entries(askingAfter(story(ran(), variant)).where)
          .map(([way, each]) => `${way} ${counted(each.calls, "call")}`)
          .join(", ");
      return inEach(ran(), calls);
    },
    wrong: (ran) => {
      const times = (variant: string, way: string): string =>
        `${way} ${counted(wrong(story(ran(), variant), way), "time")}`;
      const ways = ["front controller", "stateless", "stamp coupling"];
      return `wrong about order-42: ${inEach(ran(), (each) => ways.map((way) => times(each, way)).join(", "))}`;
    },
  },
  answers: {
    stateless: (run) => wrong(story(run(), "choreography"), "stateless"),
    message: (run) => wrong(story(run(), "orchestration"), "stamp coupling"),
    calls: (run) => askingAfter(story(run(), "choreography")).where["stamp coupling"].calls,
    events: (run) =>
      run().lines.filter(
        ({ type, orderId, variant }) =>
          type === "EventPublished" && orderId === "order-42" && variant === "choreography",
      ).length,
  },
};
