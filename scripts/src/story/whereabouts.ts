import {
  generationOf,
  type Ledgers,
  lifecycle,
  NeedsAttention,
  type OrderStatus,
  type SagaEvent,
  type StepName,
  steps,
} from "@ovsc/shared";
import type { Lane, Moment, Story } from "./story.ts";

/** Where an order is: its status; before there is one, where its placing is. */
export type Whereabouts = OrderStatus | "PLACED" | "REJECTED";

/**
 * Three ways to know where an order is: M. Richards, N. Ford, P. Sadalage, Z. Dehghani, "Software Architecture: The
 * Hard Parts", ch. 11, on workflow state. A front controller is asked for the order's row; stateless means to ask each
 * service what it did; with stamp coupling the last message says it, an event or the data of an execution's state.
 */
export const ways = ["front controller", "stateless", "stamp coupling"] as const;
export type Way = (typeof ways)[number];

/** What each way would have answered after a moment; nothing where it knows of no order. */
export type Answers = Readonly<Record<Way, Whereabouts | undefined>>;

/** What was so after a moment, and who knew it by then. Only moments after which something is different have one. */
export interface Known {
  /** The index of the moment. */
  readonly moment: number;
  /** The latest of what the row says and what the services did. */
  readonly truth: Whereabouts | undefined;
  readonly answers: Answers;
}

/** @param placementId the placing that is asked about; the one whose order it became, if not given */
export function knownIn(story: Story, placementId: string = ownerOf(story)): Known[] {
  const knowledge = new Knowledge(story, placementId);
  const known: Known[] = [];
  for (const moment of story.moments) {
    const now = knowledge.after(moment);
    const before = known.at(-1);
    if (before && before.truth === now.truth && ways.every((way) => before.answers[way] === now.answers[way])) continue;
    known.push({ moment: moment.index, ...now });
  }
  return known;
}

/** A time in which a way to ask gave an answer that was no longer, or not yet, so. */
export interface WrongAnswer {
  readonly way: Way;
  readonly said: Whereabouts | undefined;
  readonly truth: Whereabouts | undefined;
  /** The index of the moment after which it was so. */
  readonly from: number;
  /** The index of the moment that ended it; absent where nothing did. */
  readonly until?: number;
  /** Virtual milliseconds, up to the end of the story where nothing ended it. */
  readonly lastedMs: number;
}

/** Every wrong answer that a way would have given, way by way; to know of no order is a wrong answer too. */
export const wrongAnswers = (story: Story, known: readonly Known[]): WrongAnswer[] =>
  ways.flatMap((way) => wrongBy(way, story, known));

function wrongBy(way: Way, { moments }: Story, known: readonly Known[]): WrongAnswer[] {
  const atMs = (index: number) => moments[index - 1]!.atMs;
  const wrong: WrongAnswer[] = [];
  for (const [position, { moment: from, truth, answers }] of known.entries()) {
    const said = answers[way];
    if (said === truth) continue;
    const until = known[position + 1]?.moment;
    const lastedMs = atMs(until ?? moments.length) - atMs(from);
    const before = wrong.at(-1);
    const goesOn = before?.until === from && before.said === said && before.truth === truth;
    if (goesOn) wrong.pop();
    const since = goesOn ? { from: before.from, lastedMs: before.lastedMs + lastedMs } : { from, lastedMs };
    wrong.push({ way, said, truth, ...since, ...(until !== undefined && { until }) });
  }
  return wrong;
}

/** Whose order it became; the first placing where it became nobody's. */
export function ownerOf({ moments, placements }: Story): string {
  const rows = moments.flatMap(({ changes }) =>
    changes.flatMap((each) => (each.type === "StatusChanged" ? [each] : [])),
  );
  return rows.at(-1)?.placementId ?? placements[0] ?? "";
}

type LedgerStates = { readonly [Kind in keyof Ledgers]?: string };

class Knowledge {
  readonly #story: Story;
  readonly #placementId: string;
  readonly #lanes: ReadonlyMap<string, Lane>;
  #row: Whereabouts | undefined;
  #generation = 1;
  #ledgers: LedgerStates = {};
  #message: Whereabouts | undefined;
  #truth: Whereabouts | undefined;

  constructor(story: Story, placementId: string) {
    this.#story = story;
    this.#placementId = placementId;
    this.#lanes = new Map(story.lanes.map((lane) => [lane.id, lane]));
  }

  after(moment: Moment): Pick<Known, "truth" | "answers"> {
    for (const change of moment.changes) {
      if (change.type === "StatusChanged" && change.placementId === this.#placementId) {
        this.#row = this.#truth = change.status as OrderStatus;
      } else if (change.type === "PlacementChanged" && change.placementId === this.#placementId) {
        if (change.state !== "TAKEN") this.#row = this.#truth = change.state as Whereabouts;
      } else if (change.type === "LedgerChanged" && change.idempotencyKey.startsWith(`${this.#placementId}.`)) {
        const generation = generationOf(change);
        if (generation < this.#generation) continue;
        const before = statusByLedgers(this.#ledgers);
        // What a generation before did was taken back.
        const known = generation > this.#generation ? {} : this.#ledgers;
        this.#generation = generation;
        this.#ledgers = { ...known, [change.ledger]: change.state };
        const after = statusByLedgers(this.#ledgers);
        if (after !== before) this.#truth = after;
      }
    }
    if (this.#isOwn(moment)) this.#message = this.#messageOf(moment) ?? this.#message;
    const answers: Answers = {
      "front controller": this.#row,
      stateless: statusByLedgers(this.#ledgers),
      "stamp coupling": this.#message,
    };
    return { truth: this.#truth, answers };
  }

  /** What the moment's message says of where the order is: an event, or the data that goes to the next state. */
  #messageOf({ kind, text, lane, arrow, error, step, changes }: Moment): Whereabouts | undefined {
    if (kind === "published") return text === "OrderPlaced" ? "PLACED" : byEvent(text);
    const isExecution = (id: string | undefined) => this.#lanes.get(id ?? "")?.kind === "state machine";
    if (isExecution(lane)) {
      if (kind === "moved") return text === "ExecutionStarted" ? "PLACED" : undefined;
      if (kind === "ended") return error === undefined ? this.#row : byError(error, step);
    }
    // An execution that looks where the row is knows it then.
    return kind === "called" && isExecution(arrow?.from) && !error && changes.length === 0 ? this.#row : undefined;
  }

  /** Whether it follows from the placing that is asked about. */
  #isOwn(moment: Moment): boolean {
    let root = moment;
    while (root.cause !== undefined) root = this.#story.moments[root.cause - 1]!;
    return root.changes.some((each) => each.type === "PlacementChanged" && each.placementId === this.#placementId);
  }
}

const byEvent = (name: string): Whereabouts | undefined => {
  if (name === "OrderRejected") return "REJECTED";
  return Object.hasOwn(lifecycle, name) ? lifecycle[name as SagaEvent].to : undefined;
};

/** What a Catch is told by an error's name. */
function byError(error: string, step: StepName | undefined): Whereabouts | undefined {
  if (error === NeedsAttention.name) return "NEEDS_ATTENTION";
  const { refusals = [], rejects = [] } = step ? steps[step] : {};
  const refusal = refusals.find((each) => each.error.name === error);
  if (refusal) return lifecycle[refusal.leadsTo].to;
  return rejects.some(({ name }) => name === error) ? "REJECTED" : undefined;
}

/** What the services say when each is asked for the order: the furthest of what they did, or undid. */
export function statusByLedgers({ RESERVATION, CHARGE, REFUND, SHIPMENT }: LedgerStates): OrderStatus | undefined {
  if (SHIPMENT === "SHIPPED") return "SHIPPED";
  if (RESERVATION === "RELEASED") return "INVENTORY_RELEASED";
  if (RESERVATION === "REFUSED") return "INVENTORY_FAILED";
  if (REFUND !== undefined || CHARGE === "VOIDED" || CHARGE === "REFUNDED") return "PAYMENT_REFUNDED";
  if (SHIPMENT === "VOIDED") return "REFUNDING";
  if (CHARGE === "DECLINED") return "PAYMENT_DECLINED";
  if (SHIPMENT === "REFUSED") return "SHIPPING_FAILED";
  if (CHARGE === "CHARGED") return "CHARGED";
  return RESERVATION === "HELD" ? "RESERVED" : undefined;
}
