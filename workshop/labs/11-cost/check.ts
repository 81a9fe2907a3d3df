import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { exit, Failure } from "@ovsc/scripts";
import { type CostReport, costFile, ownPrices, pricesIn, readPrices } from "@ovsc/scripts/found";
import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { lastFound } from "../../src/progress/found.ts";
import type { OwnRun } from "../../src/progress/own-run.ts";
import { metered } from "./metered.ts";

/** As the learner's paper has them. */
interface Counts {
  readonly invocations: number;
  readonly events: number;
  readonly stateTransitions: number;
}
interface Prices {
  readonly request: number;
  readonly event: number;
  readonly transition: number;
}
type Bill = (counts: Counts, prices: Prices) => number;

/** Of the copy that is checked, where one is. */
const paper = join(process.env["ORDER_SAGA_COPY"] ?? "", "papers/bill.ts");
const { coordination } = (existsSync(paper) ? await import(pathToFileURL(paper).href) : { coordination: () => 0 }) as {
  readonly coordination: Bill;
};

const list = pricesIn(readPrices(ownPrices), "us-east-1");
const listed: Prices = {
  request: list.get("function-request")!.usd,
  event: list.get("event")!.usd,
  transition: list.get("transition")!.usd,
};
/** Of no Region: so that prices are an input. */
const others: Prices = { request: 3 * listed.request, event: 5 * listed.event, transition: 7 * listed.transition };

/** By what share a bill may be off. */
const tolerance = 0.01;
const isAbout = (own: number, should: number): boolean => Math.abs(own - should) <= tolerance * should;

const countsIn = ({ outcome: { counts } }: Seen): Counts => ({
  invocations: Number(counts.invocations),
  events: Number(counts.events),
  stateTransitions: Number(counts.stateTransitions),
});

/** What the meter reads of a story, priced. */
function right(seen: Seen, { request, event, transition }: Prices): number {
  const { requests, events, transitions } = metered(seen);
  return requests * request + events * event + transitions * transition;
}

const inMillionths = (usd: number): string => `${Number((1_000_000 * usd).toPrecision(4))} millionths of a dollar`;

const likeTheMeter: Claim = {
  task: "bill",
  broken(seen) {
    const own = coordination(countsIn(seen), listed);
    const should = right(seen, listed);
    if (isAbout(own, should)) return undefined;
    return `your bill says ${inMillionths(own)}, and the meter ${inMillionths(should)}`;
  },
};

const pricesAreAnInput: Claim = {
  task: "prices",
  broken(seen) {
    const own = coordination(countsIn(seen), others);
    const should = right(seen, others);
    if (isAbout(own, should)) return undefined;
    return `with other prices your bill says ${inMillionths(own)}, and the meter ${inMillionths(should)}`;
  },
};

const ofOrders = ({ results: { results } }: OwnRun, variant: string): number => {
  const { invocations, events, stateTransitions } = results[0]!.variants[variant]!.counts;
  return (
    Number(invocations) * listed.request + Number(events) * listed.event + Number(stateTransitions) * listed.transition
  );
};

const compared = "choreography,chain,orchestration";

function report(copy: string): CostReport {
  const last = lastFound(copy, costFile) as CostReport | undefined;
  const bills = last?.bills.map(({ variant }) => variant) ?? [];
  if (last && compared.split(",").every((variant) => bills.includes(variant))) return last;
  throw new Failure("the three were not priced on your copy yet", {
    exitCode: exit.unknown,
    next: `pnpm lab run cost --variants ${compared}`,
  });
}

function alongWork(copy: string, one: string, other: string) {
  const pair = report(copy).pairs.find(({ between }) => between.includes(one) && between.includes(other))!;
  return pair.crossings.find(({ axis }) => axis === "step-work")!;
}

/** What a day of an engineer costs, in US dollars. An assumption of the question. */
const dayUsd = 500;

const ordersForADay = (copy: string): number =>
  (dayUsd * report(copy).ordersPerMonth) / (billOf(copy, "orchestration") - billOf(copy, "choreography"));

/** Of a month, in US dollars. */
const billOf = (copy: string, name: string): number =>
  report(copy).bills.find(({ variant }) => variant === name)!.priced.base;

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "declined" },
    { scenario: "shipping-refused" },
    { scenario: "charge-answer-lost-once" },
  ],
  claims: [likeTheMeter, pricesAreAnInput],
  misconceptions: [
    {
      name: "drawn-states",
      hint:
        "That is the diagram, state by state. An order takes its own way through it, and a retry enters its state " +
        "once more.",
      shows() {
        const none = { invocations: 0, events: 0, stateTransitions: 1 };
        const two = { ...none, stateTransitions: 20 };
        return coordination(none, listed) === coordination(two, listed) && coordination(none, listed) > 0;
      },
    },
    {
      name: "deliveries",
      hint: "EventBridge bills what is published, and nothing for handing it on. Which of your counts is that?",
      shows: () =>
        coordination({ invocations: 0, events: 1, stateTransitions: 0 }, { ...listed, request: 0 }) === 0 &&
        coordination({ invocations: 1, events: 0, stateTransitions: 0 }, { ...listed, request: 0 }) > 0,
    },
    {
      name: "written-in",
      hint: "Right here and today. Another Region has other prices, and so has next year: they are handed to you.",
      shows(seen) {
        const own = coordination(countsIn(seen), listed);
        return own > 0 && own === coordination(countsIn(seen), others);
      },
    },
  ],
  truths: {
    cheaper: (_ran, copy) => {
      const [low, high] = [billOf(copy, "choreography"), billOf(copy, "orchestration")].toSorted((a, b) => a - b);
      const cheaper = billOf(copy, "choreography") === low ? "choreography" : "orchestration";
      return `the ${cheaper}: the other costs ${(high! / low!).toFixed(1)} times as much`;
    },
    crossing: (_ran, copy) =>
      `chain and orchestration cross at ${alongWork(copy, "chain", "orchestration").points[0]!.at.toFixed(2)} ` +
      "seconds of work a step; the two styles never do",
  },
  answers: {
    own: (run) => ({ about: ofOrders(run(), "orchestration") / ofOrders(run(), "choreography"), within: 0.02 }),
    crossing: (_run, copy) => ({ about: alongWork(copy, "chain", "orchestration").points[0]!.at, within: 0.02 }),
    never: (_run, copy) => ({ about: alongWork(copy, "choreography", "orchestration").ratio[1], within: 0.02 }),
    day: (_run, copy) => ({ about: ordersForADay(copy) / 1_000_000, within: 0.05 }),
  },
};
