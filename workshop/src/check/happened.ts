import type { OwnRun } from "../progress/own-run.ts";

type Tally = OwnRun["results"]["results"][number]["variants"][string];

/** What a run came to in each variant, in one sentence: what they have in common is said once. */
export function inEach(run: OwnRun, say: (variant: string) => string | number): string {
  const said = Object.keys(run.results.results[0]!.variants).map((variant) => [variant, String(say(variant))] as const);
  const [[, first] = ["", ""]] = said;
  if (said.every(([, each]) => each === first)) return `${first} in each style`;
  return said.map(([variant, each]) => `${each} in the ${variant}`).join(", ");
}

/** @throws Error for a scenario that the run has not */
export function tallyOf({ results: { results } }: OwnRun, batch: string, variant: string): Tally {
  const tally = results.find(({ name }) => name === batch)?.variants[variant];
  if (!tally) throw new Error(`the run has no ${batch} of ${variant}`);
  return tally;
}

/** How often a step was tried for an order. */
export const triesIn = ({ lines }: OwnRun, { step, ...of }: Whose & { readonly step: string }): number =>
  lines.filter((line) => isAbout(line, of) && line.type === "InvocationStarted" && line.functionName.includes(step))
    .length;

/** How many events were published about an order, and how many states were entered for it. */
export const messagesIn = ({ lines }: OwnRun, of: Whose): number =>
  lines.filter(
    (line) =>
      isAbout(line, of) &&
      (line.type === "EventPublished" || (line.type === "ExecutionEvent" && line.event.endsWith("StateEntered"))),
  ).length;

interface Whose {
  readonly orderId: string;
  readonly variant: string;
}

const isAbout = (line: OwnRun["lines"][number], { orderId, variant }: Whose): boolean =>
  line.orderId === orderId && line.variant === variant;
