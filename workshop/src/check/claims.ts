import type { Claim, Seen } from "./check.ts";

/** The project's own judgement finds nothing wrong: ends, money, stock, parcels, what is said and what is left over. */
export const judged = (task: string): Claim => ({
  task,
  broken: ({ findings: [first], variant }) =>
    first && `${first.orderId ?? "the orders"}: ${first.what}; seen: ${inWords(first.seen[variant])}`,
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
