import type { Check, Claim, LabStory, Look, Seen } from "../../src/check/check.ts";
import { judged, triesOf } from "../../src/check/claims.ts";
import { inEach } from "../../src/check/happened.ts";
import { labNamed } from "../../src/lab/labs.ts";
import { statesOf } from "../../src/lab/states.ts";
import type { OwnRun } from "../../src/progress/own-run.ts";
import { readTree } from "../../src/source/tree.ts";

const listeners = "orchestration/hybrid/src/listeners/";

/** The saga goes on without whoever listens: a listener is a folder more, and nothing else. */
const nothingElse: Look = {
  task: "apart",
  broken(copy) {
    const { start } = statesOf(labNamed("10-hybrid"));
    const own = readTree(copy);
    const [touched] = [...start.keys()].filter((file) => own.get(file) !== start.get(file));
    if (touched !== undefined) return `${touched} was there before, and is another now`;
    const [elsewhere] = [...own.keys()].filter((file) => !start.has(file) && !file.startsWith(listeners));
    return elsewhere && `${elsewhere} is new, and is in no folder of a listener`;
  },
  misconceptions: [
    {
      name: "in-the-path",
      hint:
        "It works today. On the day on which points cannot be given, the order fails that was paid and shipped: " +
        "whoever is called in the path can stop it. Who could hear of it instead?",
      shows: (copy) => !readTree(copy).has(`${listeners}loyalty/listener.ts`),
    },
  ],
};

/** DynamoDB's own JSON. */
type Item = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** For which placements points were given, as often as a row of them was written anew. */
const pointsFor = ({ happenings }: Seen): string[] => [
  ...new Set(
    happenings.flatMap((each) =>
      each.type === "ItemChanged" && each.table.includes("Points") && each.newImage
        ? [(each.newImage as Item)["placementId"]?.S ?? ""]
        : [],
    ),
  ),
];

const isStruck = ({ story: { faults = [] } }: Seen): boolean => faults.length > 0;

/** An order that shipped gave its customer points, and no other did. */
const pointsForWhatShipped: Claim = {
  task: "points",
  broken(seen) {
    if (isStruck(seen)) return undefined;
    const given = pointsFor(seen);
    for (const { orderId, placementId, row } of seen.outcome.evidence) {
      const hasPoints = given.includes(placementId);
      if (row?.status === "SHIPPED" && !hasPoints) return `${orderId} shipped, and its customer got no points`;
      if (row?.status !== "SHIPPED" && hasPoints) return `${orderId} is ${row?.status}, and its customer got points`;
    }
    return undefined;
  },
};

/** A listener that gives up leaves its fact on the dead-letter queue: that alone is no fault of the saga. */
const leftOver = "left messages on the dead-letter queue";

const failsNoOrder: Claim = {
  task: "apart",
  broken(seen) {
    const findings = seen.findings.filter(({ what }) => !isStruck(seen) || what !== leftOver);
    const broken = judged("apart").broken({ ...seen, findings });
    if (broken !== undefined) return broken;
    if (isStruck(seen) && seen.fired.every((count) => count === 0)) return "no listener of that name was ever woken";
    return undefined;
  },
};

type Fault = NonNullable<LabStory["faults"]>[number];

/** A plan names steps; a listener is struck in the same way, by the name of its function. */
const dies = (listener: string): Fault => ({
  kind: "out-of-memory",
  dependency: "lambda",
  step: listener as NonNullable<Fault["step"]>,
  attempts: [1, 2, 3],
});

const of = ({ results: { results } }: OwnRun, variant: string) => results[0]!.variants[variant]!.counts;

export const check: Check = {
  looks: [nothingElse],
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused" },
    { scenario: "happy", duplicates: true },
    { scenario: "happy", faults: [dies("Loyalty")] },
  ],
  claims: [pointsForWhatShipped, failsNoOrder],
  misconceptions: [
    {
      name: "on-the-charge",
      hint:
        "Points for a parcel that never left, and for money that went back. Which fact is the customer's " +
        "good fortune?",
      shows: (seen) =>
        seen.outcome.evidence.some(
          ({ placementId, row }) => row?.status !== "SHIPPED" && pointsFor(seen).includes(placementId),
        ),
    },
    {
      name: "may-not-look",
      hint:
        "It hears, and fails each time: look at the dead letters. The fact says whose order it is; how much was paid " +
        "stands in the row, which it must be allowed to read.",
      shows: (seen) => triesOf("Loyalty", seen) > 1 && pointsFor(seen).length === 0,
    },
  ],
  truths: {
    price: (ran) => {
      const taken = (variant: string): string =>
        `${of(ran(), variant).invocations} invocations and ${of(ran(), variant).events} events`;
      return `for all of your orders ${inEach(ran(), taken)}`;
    },
    fails: () => "they end as if nothing had been: a listener that fails holds up nobody but itself",
  },
  answers: {
    invocations: (run) => Number(of(run(), "hybrid").invocations) - Number(of(run(), "orchestration").invocations),
    events: (run) => of(run(), "hybrid").events,
  },
};
