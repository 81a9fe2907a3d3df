import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { judged, triesOf } from "../../src/check/claims.ts";
import { inEach, messagesIn } from "../../src/check/happened.ts";
import type { OwnRun } from "../../src/progress/own-run.ts";

/** What a customer was told: the status that the order had by the notice, and whether its row had it by then. */
interface Notice {
  readonly orderId: string;
  readonly says: string;
  readonly isSo: boolean;
}

/** DynamoDB's own JSON. */
type Item = Readonly<Record<string, { readonly S?: string } | undefined>>;

function noticesIn({ happenings }: Seen): Notice[] {
  const status = new Map<string, string | undefined>();
  return happenings.flatMap((each) => {
    if (each.type !== "ItemChanged" || !each.newImage) return [];
    const item = each.newImage as Item;
    const [pk = "", sk = "", says = ""] = [item["pk"]?.S, item["sk"]?.S, item["says"]?.S];
    if (sk === "ORDER") status.set(pk, item["status"]?.S);
    if (!sk.startsWith("NOTICE#")) return [];
    return [{ orderId: pk.slice("ORDER#".length), says, isSo: status.get(pk) === says }];
  });
}

/** The customer of an order that shipped hears so, once and when it is so; nobody else hears anything. */
const heardOnce = (variant: string): Claim => ({
  task: variant,
  broken(seen) {
    if (seen.variant !== variant) return undefined;
    const notices = noticesIn(seen);
    for (const { orderId, row } of seen.outcome.evidence) {
      const own = notices.filter((notice) => notice.orderId === orderId);
      const early = own.find(({ says, isSo }) => says !== "SHIPPED" || !isSo);
      if (early) return `${orderId}: the customer was told ${early.says} before the order was SHIPPED`;
      if (row?.status === "SHIPPED" && own.length === 0) return `${orderId} shipped, and nobody told the customer`;
      if (row?.status !== "SHIPPED" && own.length > 0) return `${orderId} is ${row?.status}, and was told SHIPPED`;
    }
    return undefined;
  },
});

const tallyOf = ({ results: { results } }: OwnRun, variant: string) => results[0]!.variants[variant]!;

const invocationsOf = (run: OwnRun, variant: string): number => Number(tallyOf(run, variant).counts.invocations);

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused" },
    { scenario: "declined" },
    { scenario: "happy", duplicates: true },
    { scenario: "shipping-answer-lost-once" },
  ],
  claims: [heardOnce("choreography"), heardOnce("orchestration"), judged("choreography")],
  misconceptions: [
    {
      name: "in-the-step",
      hint:
        "The notice left from inside another step, before the row said SHIPPED: had its write failed, the customer " +
        "would know more than the shop. A step does one thing, and the flow says what follows.",
      shows: (seen) => noticesIn(seen).length > 0 && triesOf("NotifyCustomer", seen) === 0,
    },
    {
      name: "on-payment",
      hint:
        "The charge is not the end of the way: the carrier may still refuse. Which fact does the customer " +
        "wait for?",
      shows: (seen) => noticesIn(seen).some(({ says }) => says !== "SHIPPED"),
    },
  ],
  truths: {
    messages: (ran) => {
      const run = ran();
      const shipped = run.lines.find((line) => line.type === "StatusChanged" && line.status === "SHIPPED")?.orderId;
      if (shipped === undefined) return "none of your orders shipped";
      return `${shipped} took ${inEach(run, (variant) => messagesIn(run, { orderId: shipped, variant }))}`;
    },
    places: () => "one in each: rules.ts, and the last line of definition.ts",
  },
  answers: {
    shipped: (run) => tallyOf(run(), "choreography").ends["SHIPPED"] ?? 0,
    events: (run) => tallyOf(run(), "choreography").counts.events,
    transitions: (run) => tallyOf(run(), "orchestration").counts.stateTransitions,
    more: (run) => invocationsOf(run(), "choreography") - invocationsOf(run(), "orchestration"),
    "order-1": (run) =>
      run().lines.filter(
        ({ type, orderId, variant }) =>
          type === "InvocationStarted" && orderId === "order-1" && variant === "choreography",
      ).length,
  },
};
