import { isDeepStrictEqual } from "node:util";
import {
  endOf,
  entered,
  endings,
  type Evidence,
  type EvidenceRule,
  evidenceRules,
  isSettled,
  lifecycle,
  type Milestone,
  type OrderRecord,
} from "@ovsc/shared";
import type { Ending } from "@ovsc/shared/variant";
import { type Batch, lostStock, type Outcome } from "../orders/batch.ts";
import { differences, withoutIdentity } from "./differences.ts";
import { generationsOf } from "./generations.ts";

/** Something that breaks a rule in one variant. */
export interface Broken {
  readonly orderId?: string;
  readonly what: string;
  readonly seen: unknown;
}

/** What must hold of a batch in each variant, by itself. */
export interface JudgementRule {
  readonly id: string;
  readonly broken: (batch: Batch, outcome: Outcome) => readonly Broken[];
  /** Whether a variant may declare that it breaks it: see `Difference`. */
  readonly isDeclarable?: true;
}

/** What must hold of a batch between two variants. */
export interface ParityRule {
  readonly id: string;
  readonly broken: (batch: Batch, first: Outcome, other: Outcome) => readonly BrokenParity[];
}

export interface BrokenParity {
  readonly orderId?: string;
  readonly what: string;
  readonly first: unknown;
  readonly other: unknown;
}

/** What must hold whatever befell the orders: rows and ledgers that do not contradict each other, and all the stock. */
export const invariants: readonly JudgementRule[] = [
  ...evidenceRules.map(ofEvidence),
  {
    id: "stock-conserved",
    broken: (batch, outcome) =>
      lostStock(batch, outcome).map((what) => ({ what: `stock is not conserved: ${what}`, seen: outcome.shelf })),
  },
];

/** Everything that a batch is judged by, variant by variant. */
export const rules: readonly JudgementRule[] = [
  { id: "ends-as-the-scenario-says", broken: wrongEnds, isDeclarable: true },
  {
    id: "created",
    broken: (_batch, { evidence }) =>
      evidence
        .filter((each) => endOf(each) === "never created" && entered(each).length === 0)
        .map(({ orderId }) => ({ orderId, what: "was never created", seen: null })),
  },
  {
    // Where a scenario says how each ends, it may say that one is rejected.
    id: "placed",
    broken: ({ ends }, { evidence }) =>
      evidence.flatMap(({ orderId, rejection }) =>
        rejection && !ends ? [{ orderId, what: `was not placed: ${rejection.error}`, seen: rejection.message }] : [],
      ),
  },
  ...invariants,
  published("end-is-said", ({ status }, said) => {
    const facts = milestones.filter((each) => isSettled(status) && lifecycle[each].to === status);
    return facts.length === 0 || facts.some((fact) => said.includes(fact))
      ? []
      : [`${status}, and ${facts.join(" or ")} was never published`];
  }),
  published("what-is-said-is-so", ({ status, statuses }, said) =>
    factsIn(said)
      .filter((fact) => !(isTerminal(fact) ? [status] : statuses).includes(lifecycle[fact].to))
      .map((fact) => `${fact} was published, and it is ${status}`),
  ),
  published("nothing-new-after-the-end", (_row, said) => {
    const end = said.findIndex((each) => factsIn([each]).some(isTerminal));
    const late = end < 0 ? [] : said.slice(end + 1).filter((each) => !said.slice(0, end + 1).includes(each));
    return factsIn(late).map((fact) => `${fact} was published after ${said[end]}`);
  }),
  recorded("record-tells-the-same-end", (evidence, ending) =>
    ending.tells === evidence.row?.status ? [] : [`${endOf(evidence)}, and its record says ${inWords(ending)}`],
  ),
  recorded("record-gives-the-cause", ({ row }, { cause }, batch) =>
    row?.status === "SHIPPED" || batch.cause === undefined || cause === batch.cause
      ? []
      : [`its record must say: ${batch.cause}`],
  ),
  recorded("record-gives-the-row", ({ orderId, placementId, row }, { output }) => {
    const whole = { ...(output as object), orderId, placementId, status: row?.status };
    return row?.status !== "SHIPPED" || output === undefined || isDeepStrictEqual(output, whole)
      ? []
      : ["what its record gives out is not the order of the row"];
  }),
  {
    // Within the budget of the retries nothing is left to it.
    id: "no-sweeps",
    isDeclarable: true,
    broken: (_batch, { sweeps }) => (sweeps > 0 ? [{ what: "took the sweeper to come to an end", seen: sweeps }] : []),
  },
  {
    id: "no-dead-letters",
    broken: (_batch, { deadLetters }) =>
      deadLetters > 0 ? [{ what: "left messages on the dead-letter queue", seen: deadLetters }] : [],
  },
];

/** Everything that a variant is held against the first by. */
export const parityRules: readonly ParityRule[] = [
  {
    id: "same-rows-and-ledgers",
    broken(batch, first, other) {
      const view = ({ evidence }: Outcome) =>
        batch.interchangeable ? withoutIdentity(evidence, (each) => each) : evidence;
      const others = view(other);
      return view(first).flatMap((evidence, index) =>
        differences(evidence, others[index]).map(({ what, left, right }) => ({
          orderId: evidence.orderId,
          what: `${what} differs`,
          first: left,
          other: right,
        })),
      );
    },
  },
  {
    id: "same-shelf",
    broken: (_batch, first, other) =>
      differences(first.shelf, other.shelf, "shelf").map(({ what, left, right }) => ({
        what: `${what} differs`,
        first: left,
        other: right,
      })),
  },
];

function ofEvidence({ id, broken }: EvidenceRule): JudgementRule {
  return {
    id,
    broken: (_batch, { evidence }) =>
      evidence.flatMap((each) => broken(each).map((what) => ({ orderId: each.orderId, what, seen: endOf(each) }))),
  };
}

/** A rule about what was published of an order, where its variant publishes. */
function published(
  id: string,
  broken: (row: Pick<OrderRecord, "status" | "statuses">, said: readonly string[]) => readonly string[],
): JudgementRule {
  return {
    id,
    broken: (_batch, { evidence, published: saidOf }) =>
      evidence.flatMap(({ orderId, row }, index) => {
        const said = saidOf[index];
        if (!said || !row) return [];
        const all = generationsOf(row, said).flatMap((each) => broken(each, each.said));
        return all.map((what) => ({ orderId, what, seen: said }));
      }),
  };
}

const milestones = Object.keys(lifecycle) as Milestone[];

const factsIn = (said: readonly string[]): Milestone[] => milestones.filter((milestone) => said.includes(milestone));

const isTerminal = (milestone: Milestone): boolean => {
  const { to } = lifecycle[milestone];
  return isSettled(to) && endings[to].kind === "terminal";
};

/** A rule about the record that a coordination keeps of an order, where it keeps one. */
function recorded(
  id: string,
  broken: (evidence: Evidence, ending: Ending, batch: Batch) => readonly string[],
): JudgementRule {
  return {
    id,
    broken: (batch, { evidence, endings: all }) =>
      evidence.flatMap((each, index) => {
        const ending = all[index];
        const { orderId } = each;
        return ending ? broken(each, ending, batch).map((what) => ({ orderId, what, seen: ending })) : [];
      }),
  };
}

const inWords = ({ status, error }: Ending): string => (error === undefined ? status : `${status} as ${error}`);

/** Orders that did not end as their scenario says; interchangeable ones are taken together. */
function wrongEnds({ placements, ends, interchangeable }: Batch, { evidence }: Outcome): Broken[] {
  if (!ends) return [];
  const statuses = evidence.map(endOf);
  if (interchangeable) {
    const isRight = isDeepStrictEqual(ends.toSorted(), statuses.toSorted());
    return isRight ? [] : [{ what: `orders must end ${ends.join(" and ")}, in any order`, seen: statuses }];
  }
  return statuses.flatMap((status, index) =>
    ends[index] === status
      ? []
      : [{ orderId: placements[index]!.order.orderId, what: `must end ${ends[index]}`, seen: status }],
  );
}
