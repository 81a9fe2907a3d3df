import type { Claim, Seen } from "./check.ts";

/** The project's own judgement finds nothing wrong: ends, money, stock, parcels, what is said and what is left over. */
export const judged = (task: string): Claim => ({
  task,
  broken: ({ findings: [first], variant }) =>
    first && `${first.orderId ?? "the orders"}: ${first.what}; seen: ${inWords(first.seen[variant])}`,
});

/** Every fault that the story provokes strikes: otherwise it proves nothing. */
export const struck = (task: string): Claim => ({
  task,
  broken: ({ fired, story }) => {
    const silent = fired.findIndex((times) => times === 0);
    if (silent < 0) return undefined;
    const { kind, step = "any step" } = story.faults![silent]!;
    return `${kind} at ${step} never struck, so that nothing was tried: is the step still on its way?`;
  },
});

/** True where the judgement says so of any order, in part. */
export const finds =
  (part: string | RegExp) =>
  ({ findings }: Seen): boolean =>
    findings.some(({ what }) => (typeof part === "string" ? what.includes(part) : part.test(what)));

/** How often a step was tried. */
export const triesOf = (step: string, { happenings }: Pick<Seen, "happenings">): number =>
  happenings.filter((each) => each.type === "InvocationStarted" && each.functionName.includes(step)).length;

const inWords = (seen: unknown): string => (typeof seen === "string" ? seen : JSON.stringify(seen));
