import type { Happening } from "@ovsc/local";
import { counted } from "@ovsc/scripts";
import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;
const all = <Type extends Happening["type"]>({ happenings }: Seen, type: Type): Of<Type>[] =>
  happenings.filter((each): each is Of<Type> => each.type === type);

const onQueue = (seen: Seen, id: string): boolean => all(seen, "MessageSent").some(({ body }) => body.includes(id));

/** Every event that a rule was to hand over was handled at last, or is a dead letter. */
const noneUndelivered: Claim = {
  task: "deliveries",
  broken(seen) {
    const deliveries = Map.groupBy(all(seen, "Delivery"), ({ eventId, target }) => `${eventId} ${target}`);
    for (const tries of deliveries.values()) {
      const { rule, eventId } = tries[0]!;
      if (tries.some(({ error }) => error === undefined) || onQueue(seen, eventId)) continue;
      return `the event of rule ${rule} is nowhere: neither handled nor on the dead-letter queue`;
    }
    return undefined;
  },
};

/** The invocations by events that failed on every try, by their step's function. */
function exhausted(seen: Seen): { readonly functionName: string; readonly requestId: string }[] {
  const done = new Set(
    all(seen, "InvocationEnded").flatMap(({ requestId, error }) => (error === undefined ? [requestId] : [])),
  );
  const begun = all(seen, "InvocationStarted").filter(({ asynchronous }) => asynchronous);
  return [...new Map(begun.map((each) => [each.requestId, each])).values()].filter(
    ({ requestId }) => !done.has(requestId),
  );
}

/** The record of a failed invocation that arrived on the bus; nothing where none did. */
const recordOf = (seen: Seen, requestId: string): Of<"EventPublished"> | undefined =>
  all(seen, "EventPublished").find(
    ({ source, detail }) => source === "lambda" && JSON.stringify(detail).includes(requestId),
  );

/** Whoever gave up is told of: to a rule that hears it, or to the queue. */
const noneSilent = (task: string, isParking: boolean): Claim => ({
  task,
  broken(seen) {
    for (const { functionName, requestId } of exhausted(seen)) {
      if (functionName.includes("ParkOrder") !== isParking || onQueue(seen, requestId)) continue;
      const record = recordOf(seen, requestId);
      if (!record) return `${functionName} failed on its last try, and nothing tells of it`;
      const isHeard = all(seen, "Delivery").some(({ eventId }) => eventId === record.eventId);
      if (!isHeard) return `${functionName} failed on its last try, and no rule heard the record on the bus`;
    }
    return undefined;
  },
});

/** The orders that come home: the others wait for a person, and are found on the queue. */
const homeward: Claim = {
  task: "destinations",
  broken: (seen) => (seen.story.faults ? undefined : judged("destinations").broken(seen)),
};

/** What an operator sorts by: what was handed over or given up, what nobody heard, and who still waits. */
function triage(seen: Seen): string {
  const deliveries = Map.groupBy(all(seen, "Delivery"), ({ eventId, target }) => `${eventId} ${target}`);
  const many = counted(deliveries.size, "delivery", "deliveries");
  const handled = [...deliveries.values()].filter((tries) => tries.some(({ error }) => error === undefined)).length;
  const heard = new Set(all(seen, "Delivery").map(({ eventId }) => eventId));
  const unheard = all(seen, "EventPublished").filter(({ eventId }) => !heard.has(eventId));
  const { evidence, deadLetters } = seen.outcome;
  const waiting = evidence.flatMap(({ row }) =>
    row && !endsWell.has(row.status) ? [`${row.order.orderId} in ${row.status}`] : [],
  );
  return [
    `${many}, ${handled} handled, ${deliveries.size - handled} dead-lettered`,
    `${counted(deadLetters, "dead letter")} in all`,
    `events that no rule heard: ${unheard.map(({ detailType }) => detailType).join(", ") || "none"}`,
    `orders that wait: ${waiting.join(", ") || "none"}`,
  ].join("; ");
}

const endsWell: ReadonlySet<string> = new Set(["SHIPPED", "INVENTORY_FAILED", "INVENTORY_RELEASED"]);

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "charge-answer-lost" },
    // Longer than the hour for which a rule tries its target.
    {
      scenario: "happy",
      faults: [{ kind: "delivery-failed", dependency: "rule-target", step: "ShipOrder", from: 0, until: 5_000 }],
      mayDiffer: true,
    },
    {
      scenario: "refund-fails",
      faults: [{ kind: "server-error", dependency: "order-table", step: "ParkOrder", attempts: [1, 2, 3] }],
    },
  ],
  claims: [noneUndelivered, noneSilent("destinations", false), noneSilent("parking", true), homeward],
  tells: (seen) =>
    seen.variant === "choreography"
      ? `${seen.batch.name}${seen.story.mayDiffer ? ", ShipOrder out of reach" : ""}: ${triage(seen)}`
      : undefined,
  truths: {
    lost: () => "nowhere: EventBridge gives up after an hour, and a rule without a dead-letter queue drops the event",
    failed: () => "in its execution, which is FAILED and has the input and the history: that is its dead letter",
  },
  misconceptions: [
    {
      name: "queues-for-rules-alone",
      hint:
        "A rule's queue holds what was never delivered. This event was delivered, and the function failed: " +
        "that is another service's matter, and has a setting of its own.",
      shows: (seen) => exhausted(seen).some(({ requestId }) => !recordOf(seen, requestId) && !onQueue(seen, requestId)),
    },
    {
      name: "parking-on-the-bus",
      hint:
        "The record of a failed parking is on the bus, and no rule waits for it: an event that nobody hears " +
        "is lost too.",
      shows: (seen) => exhausted(seen).some(({ functionName }) => functionName.includes("ParkOrder")),
    },
    {
      name: "no-queue-for-rules",
      hint: "EventBridge tried for an hour and gave up. Where was it to put the event then?",
      shows: (seen) => noneUndelivered.broken(seen) !== undefined,
    },
  ],
};
