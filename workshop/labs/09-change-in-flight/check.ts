import type { Check, Claim, LabStory, Seen } from "../../src/check/check.ts";
import { finds, judged, triesOf } from "../../src/check/claims.ts";
import { isDear, isPlacedAfter } from "../../src/check/in-flight.ts";
import { labNamed } from "../../src/lab/labs.ts";
import { statesOf } from "../../src/lab/states.ts";

/** What happened to an order: each function that was started for it, in order. */
const startedFor = ({ happenings }: Seen, orderId: string): string[] =>
  happenings.flatMap((each) =>
    each.type === "InvocationStarted" && each.correlationId === orderId ? [each.functionName] : [],
  );

/** An order that was placed on the copy is charged once it was checked; one that is dear is not charged at all. */
const checkedFirst: Claim = {
  task: "check",
  broken(seen) {
    for (const { orderId, row } of seen.outcome.evidence) {
      if (seen.story.isInFlight && !isPlacedAfter(orderId)) continue;
      const started = startedFor(seen, orderId);
      const charge = started.findIndex((name) => name.includes("ChargePayment"));
      const check = started.findIndex((name) => name.includes("CheckFraud"));
      if (charge >= 0 && check < 0) return `${orderId} was charged without a check`;
      if (charge >= 0 && charge < check) return `${orderId} was charged before it was checked`;
      if (seen.story.isInFlight && isDear(orderId) && row?.status !== "INVENTORY_RELEASED")
        return `${orderId} is suspect, and ends ${row?.status ?? "as nothing"}`;
    }
    return undefined;
  },
};

/** Of the orders under way when the copy was deployed, none is lost, and none charged twice. */
const underWay: Claim = {
  task: "under-way",
  broken: (seen) => (seen.story.isInFlight ? judged("under-way").broken(seen) : undefined),
};

const others: Claim = {
  task: "refused",
  broken: (seen) => (seen.story.isInFlight ? undefined : judged("refused").broken(seen)),
};

/** What another team's service, as it was deployed last year, waits for and reads. */
interface Contract {
  readonly pattern: {
    readonly "detail-type": readonly string[];
    readonly detail: Readonly<Record<string, readonly unknown[]>>;
  };
  readonly reads: readonly string[];
}

/** As it is given, whatever a copy says. */
const contract = JSON.parse(statesOf(labNamed("9")).start.get("papers/accounting.contract.json")!) as Contract;

type Detail = Readonly<Record<string, unknown>>;

const saidOfCharges = ({ happenings }: Seen): Detail[] =>
  happenings.flatMap((each) =>
    each.type === "EventPublished" && contract.pattern["detail-type"].includes(each.detailType)
      ? [each.detail as Detail]
      : [],
  );

/** The contract test of accounting: each charge reaches it and has what it reads; and says what is new. */
const contracted: Claim = {
  task: "consumers",
  broken(seen) {
    for (const detail of saidOfCharges(seen)) {
      const what = `PaymentCharged of ${String(detail["orderId"])}`;
      for (const [field, values] of Object.entries(contract.pattern.detail))
        if (!values.includes(detail[field]))
          return `${what} never reaches accounting, which waits for ${field} ${values.join(" or ")}`;
      const gone = contract.reads.find((field) => detail[field] === undefined);
      if (gone !== undefined) return `${what} has no ${gone}, which accounting reads`;
      const isNew = !seen.story.isInFlight || isPlacedAfter(String(detail["orderId"]));
      if (isNew && detail["totalCents"] === undefined) return `${what} does not say how much was charged`;
    }
    return undefined;
  },
};

function checkedOnTheWay(seen: Seen): string {
  const before = seen.outcome.evidence.filter(({ orderId }) => !isPlacedAfter(orderId));
  const checked = before.filter(({ orderId }) => startedFor(seen, orderId).some((name) => name.includes("CheckFraud")));
  return `of ${before.length} orders that were under way when it was deployed, ${checked.length} were checked`;
}

type Fault = NonNullable<LabStory["faults"]>[number];

/** The project has no such step, and a plan names the project's. */
const checkFraud = "CheckFraud" as NonNullable<Fault["step"]>;

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "happy", isInFlight: true, mayDiffer: true },
    { scenario: "declined" },
    {
      scenario: "happy",
      faults: [{ kind: "server-error", dependency: "order-table", step: checkFraud, attempts: [1, 2, 3] }],
      ends: ["INVENTORY_RELEASED"],
    },
    { scenario: "charge-answer-lost" },
  ],
  claims: [checkedFirst, underWay, others, contracted],
  tells: (seen) => (seen.story.isInFlight ? `${seen.variant}: ${checkedOnTheWay(seen)}` : undefined),
  truths: {
    old: () => "choreography: those whose reservation was not yet said; orchestration: none, see the lines below",
    retry: () => "the new one, in both: rules and definitions may be the old, and a function runs what is deployed",
  },
  misconceptions: [
    {
      name: "new-version",
      hint:
        "The event says more, and nothing that was there has gone. Whose pattern asks for a version, and what does " +
        "it hear once no event has that version?",
      shows: (seen) => (contracted.broken(seen) ?? "").includes("never reaches accounting"),
    },
    {
      name: "checks-beside",
      hint:
        "The check runs, and nobody waits for it: the charge goes by what was true before. Which fact must the " +
        "charge wait for now, and from whom?",
      shows: (seen) => triesOf("CheckFraud", seen) > 0 && (checkedFirst.broken(seen) ?? "").includes("before"),
    },
    {
      name: "forgets-the-old",
      hint:
        "An order of yesterday stands in RESERVED, and its charge comes today, by today's code. From which statuses " +
        "may a charge move an order, as long as any of yesterday's is under way?",
      shows: (seen) =>
        seen.story.isInFlight === true &&
        seen.outcome.evidence.some(({ orderId, row }) => !isPlacedAfter(orderId) && row?.status !== "SHIPPED"),
      keepsGoing: true,
    },
    {
      name: "keeps-what-is-suspect",
      hint:
        "It is not charged, and that is right. What was taken from the shelf for it is still held, and nobody was " +
        "told.",
      shows: (seen) =>
        finds("held")(seen) || seen.outcome.evidence.some(({ row }) => (row?.status as string) === "FRAUD_SUSPECTED"),
    },
  ],
};
