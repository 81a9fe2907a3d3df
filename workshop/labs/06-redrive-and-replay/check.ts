import type { Check, Claim, LabStory, Seen } from "../../src/check/check.ts";
import { finds, judged } from "../../src/check/claims.ts";

/** ParkOrder fails on every try: the order stays in REFUNDING. */
const neverParked: LabStory = {
  scenario: "refund-fails",
  faults: [{ kind: "fail-before", dependency: "order-table", step: "ParkOrder", attempts: [1, 2, 3] }],
  mayDiffer: true,
};

/** A story, the task whose tool brings its order home, and the step that it stopped before. */
interface Stopped {
  readonly task: string;
  readonly before: string;
  readonly story: LabStory;
}

const stopped: readonly Stopped[] = [
  { task: "redrive", before: "ParkOrder", story: { ...neverParked, remedying: { remedy: "redrive" } } },
  {
    task: "replay",
    before: "ChargePayment",
    story: {
      scenario: "happy",
      faults: [
        { kind: "fail-before", dependency: "order-table", step: "ChargePayment", attempts: [1, 2, 3] },
        { kind: "record-lost", dependency: "failure-destination", step: "ChargePayment", attempts: [1] },
      ],
      remedying: { remedy: "replay", events: ["InventoryReserved"] },
      mayDiffer: true,
    },
  },
  {
    task: "handback",
    before: "ChargePayment",
    story: {
      scenario: "happy",
      faults: [{ kind: "delivery-failed", dependency: "rule-target", step: "ChargePayment", from: 0, until: 7_200 }],
      remedying: { remedy: "handback" },
      mayDiffer: true,
    },
  },
  { task: "handback", before: "ParkOrder", story: { ...neverParked, remedying: { remedy: "handback" } } },
  // Its execution fails in a state that has no way to ParkOrder, and is redriven once the definition has it.
  {
    task: "redrive",
    before: "RefundPayment",
    story: { scenario: "refund-fails", mends: "no-parking", mayDiffer: true },
  },
];

const stoppedIn = (seen: Seen): Stopped => stopped.find(({ story }) => story === seen.story)!;

/** The steps that ran after one moment and until another, in virtual milliseconds. */
function steps({ happenings }: Seen, afterMs: number, untilMs: number): Set<string> {
  const names = happenings.flatMap((each) =>
    each.type === "InvocationStarted" && each.atMs > afterMs && each.atMs <= untilMs ? stepsIn(each.functionName) : [],
  );
  return new Set(names);
}

/** @param name of a function: the sweeper's has no step */
const stepsIn = (name: string): string[] =>
  /[A-Z][a-z]+(Order|Inventory|Payment|Customer)/.exec(name)?.slice(0, 1) ?? [];

/** Steps that were done before, and ran once more. A new execution may: it begins at the beginning. */
function ranAgain(seen: Seen): string[] {
  const { quietAtMs, againAtMs = Infinity } = seen.remedied!;
  const before = steps(seen, -1, quietAtMs);
  const { before: goesOnAt } = stoppedIn(seen);
  return [...steps(seen, quietAtMs, againAtMs)].filter((name) => before.has(name) && name !== goesOnAt);
}

/** What ran of an execution that was redriven once its definition was mended, and then of another one. */
function afterMending(seen: Seen): { readonly redriven: Set<string>; readonly another: Set<string> } | undefined {
  const { quietAtMs = 0, againAtMs } = seen.remedied ?? {};
  if (againAtMs === undefined) return undefined;
  return { redriven: steps(seen, quietAtMs, againAtMs), another: steps(seen, againAtMs, Infinity) };
}

/** What is asked of the orders of one task, in the variant that has its tool. */
const of = (task: string, broken: (seen: Seen) => string | undefined): Claim => ({
  task,
  broken: (seen) => (seen.remedied && stoppedIn(seen).task === task ? broken(seen) : undefined),
});

const home = (task: string): Claim =>
  of(task, (seen) => {
    const what = judged(task).broken(seen);
    return what && `it was not brought home: ${what}; what was done: ${seen.remedied!.done.join("; ") || "nothing"}`;
  });

const nothingTwice = (task: string): Claim =>
  of(task, (seen) => {
    const again = ranAgain(seen);
    return again.length > 0 ? `${again.join(", ")} had done its work, and ran again` : undefined;
  });

export const check: Check = {
  stories: stopped.map(({ story }) => story),
  claims: ["redrive", "replay", "handback"].flatMap((task) => [nothingTwice(task), home(task)]),
  truths: {
    again: () => "CreateOrder and ReserveInventory too, which had done their work: each hears what it heard before",
    queue: () => "it came from no queue, but from a rule: only your own code can bring it to the function again",
  },
  misconceptions: [
    {
      name: "new-execution",
      hint:
        "A new execution begins at the beginning: what was done is asked for again. The old one still knows where it " +
        "stopped, and with what.",
      shows: (seen) => stoppedIn(seen).task === "redrive" && ranAgain(seen).length > 0,
    },
    {
      name: "to-all-rules",
      hint:
        "The archive went to every rule, so every step was woken by what it had heard before. A replay can name the " +
        "rules that it is for.",
      shows: (seen) => stoppedIn(seen).task === "replay" && ranAgain(seen).length > 0,
    },
    {
      name: "left-on-the-queue",
      hint: "The order is home, and its letter still lies on the queue: the next operator hands it back once more.",
      shows: finds("dead-letter queue"),
    },
  ],
  tells(seen) {
    if (!seen.remedied) return undefined;
    const { redriven, another } = afterMending(seen) ?? {};
    if (redriven && another)
      return (
        `${seen.variant}, its definition mended: redriven it ran ${said(redriven)}; ` +
        `another execution ran ${said(another)}`
      );
    return `${seen.variant}: ${seen.remedied.done.join("; ")}; finished steps that ran again: ${ranAgain(seen).length}`;
  },
  shows: {
    // The definition of before has no way to ParkOrder, and the mended one has.
    definition(seen) {
      const { redriven } = afterMending(seen) ?? {};
      return redriven && (redriven.has("ParkOrder") ? "new" : "old");
    },
  },
};

const said = (names: Set<string>): string => [...names].join(", ") || "nothing";
