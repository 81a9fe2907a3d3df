import type { Brief } from "./brief.ts";
import { chosenFor } from "./choose.ts";
import { drivers } from "./drivers.ts";
import type { EvidenceAt } from "./evidence.ts";
import { shortestOutage } from "./musts.ts";
import { weightOf } from "./weigh.ts";

/** A change of the brief, by itself, that makes the choice another. */
export interface Flip {
  /** What is changed: a weight by its driver, the volume, or the outage to survive. */
  readonly what: string;
  /** What it is in the brief; nothing where the brief does not say. */
  readonly from: number | undefined;
  readonly to: number;
  /** Who is chosen then; none for no decision. */
  readonly choice: string | undefined;
}

/** What can be changed, and to what: the value nearest to the brief's own that makes another choice is the flip. */
interface Lever {
  readonly what: string;
  readonly from: number | undefined;
  readonly tried: readonly number[];
  readonly changed: (value: number) => Brief;
}

/** Weights that are tried: from a driver that does not count up to one that counts ten times. */
const weights = Array.from({ length: 21 }, (_, index) => index / 2);
/** Orders a month that are tried: four in each decade, from one to ten billion. */
const volumes = Array.from({ length: 41 }, (_, index) => Math.round(10 ** (index / 4)));

export function flipsOf(brief: Brief, evidenceAt: EvidenceAt): Flip[] {
  const choiceOf = (other: Brief) => chosenFor(other, evidenceAt(other.ordersPerMonth)).choice;
  const choice = choiceOf(brief);
  return leversOf(brief, evidenceAt).flatMap(({ what, from, tried, changed }) => {
    const flipping = tried.filter((value) => choiceOf(changed(value)) !== choice);
    const [to] = flipping.toSorted((a, b) => distance(a, from) - distance(b, from));
    return to === undefined ? [] : [{ what, from, to, choice: choiceOf(changed(to)) }];
  });
}

const distance = (value: number, from = 0): number => Math.abs(value - from);

function leversOf(brief: Brief, evidenceAt: EvidenceAt): Lever[] {
  // What each variant survives, and a second more.
  const survived = evidenceAt(brief.ordersPerMonth).map(shortestOutage).filter(Number.isFinite).map(Math.floor);
  return [
    ...drivers.map((driver) => ({
      what: `the weight of ${driver.id}`,
      from: weightOf(brief.weights, driver),
      tried: weights,
      changed: (weight: number): Brief => ({ ...brief, weights: { ...brief.weights, [driver.id]: weight } }),
    })),
    {
      what: "orders a month",
      from: brief.ordersPerMonth,
      tried: volumes,
      changed: (ordersPerMonth) => ({ ...brief, ordersPerMonth }),
    },
    {
      what: "the length of the outage in which half must ship, in seconds,",
      from: brief.must.survivesOutageSeconds,
      tried: survived.flatMap((seconds) => [seconds, seconds + 1]).filter((seconds) => seconds > 0),
      changed: (survivesOutageSeconds) => ({ ...brief, must: { ...brief.must, survivesOutageSeconds } }),
    },
  ];
}
