import { type EventName, longestRest, type PlacementRef, retryBudgets } from "@ovsc/shared";
import type { LocalDeployment } from "../clouds/embedded.ts";

/** What an operator does for orders that stopped. */
export interface Remedying {
  /** Of the variant's remedies. */
  readonly remedy: string;
  /** The remedy goes to what these events wake alone. */
  readonly events?: readonly EventName[];
  /** The sweeper leaves an order alone that has not rested for so long that nobody can be at it. */
  readonly afterRest?: true;
}

/** How long a dead letter that was looked at stays hidden from the next reader, in seconds, and more. */
const hiddenSeconds = 60;

/** How long the sweeper leaves an order alone, in seconds. */
export const restSeconds = longestRest(retryBudgets.equal);

/**
 * Applies a remedy to orders that stopped, and waits until all is quiet again.
 * @param from when the orders came in, ISO 8601
 * @returns what it did; nothing for a variant that lacks it
 */
export async function bringHome(
  deployment: LocalDeployment,
  { remedy: name, events = [], afterRest }: Remedying,
  { placed, from }: { readonly placed: readonly PlacementRef[]; readonly from: string },
): Promise<readonly string[] | undefined> {
  const remedy = deployment.coordination.remedies[name];
  if (!remedy) return undefined;
  await deployment.pass(afterRest ? restSeconds : hiddenSeconds);
  const done = await remedy.apply({ placed, from, to: deployment.now(), events });
  await deployment.settle(placed);
  // What was read and not deleted can be read again.
  await deployment.pass(hiddenSeconds);
  return done;
}
