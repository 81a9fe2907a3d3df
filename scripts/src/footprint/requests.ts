/** A change that somebody asks for, made in every variant: its patches are in `scripts/footprint/NAME/`. */
export interface ChangeRequest {
  readonly name: string;
  readonly asks: string;
  /** The request that was granted before: this one changes what that one added. */
  readonly after?: string;
  /** Whose patches of this request are all they need, although they share source with others: by the patch's owner. */
  readonly alone?: readonly string[];
}

/** A change to the flow, to who hears of it, to its order, to its patience, and to its ways back. */
export const changeRequests: readonly ChangeRequest[] = [
  { name: "fraud-check", asks: "a fraud check between the reservation and the charge" },
  {
    name: "loyalty",
    asks: "a new consumer: the loyalty programme hears of each shipped order",
    // Whoever listens to the bus needs no state that tells it.
    alone: ["hybrid"],
  },
  {
    name: "fraud-check-first",
    asks: "a reordered pair: the fraud check comes before the reservation",
    after: "fraud-check",
  },
  { name: "patience", asks: "a retry budget of its own: the gateway is asked to charge twice at the most" },
  { name: "card-blocked", asks: "a new refusal: the gateway says that a card is blocked" },
];

/** @returns the request and those it comes after, the first to be granted first */
export function chainOf(request: ChangeRequest): readonly ChangeRequest[] {
  const before = changeRequests.find(({ name }) => name === request.after);
  return before ? [...chainOf(before), request] : [request];
}
