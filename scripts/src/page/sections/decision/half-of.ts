import type { DecisionFile } from "../../../decision/decide.ts";
import { takenAway } from "../../../decision/evidence.ts";
import { alike, asked, percent } from "../../outages/survival.ts";

const either = new Intl.ListFormat("en", { type: "disjunction" });

/** What a brief asks of an outage, which is not what the page calls to survive one; nothing where it asks for none. */
export function halfOf({ brief, profile }: DecisionFile): string | undefined {
  const { survivesOutageSeconds: seconds } = brief.must;
  if (seconds === undefined) return undefined;
  return (
    "The brief asks something else of an outage than “survives” means on this page: that half of the orders that " +
    `arrive in ${seconds} s without ${either.format(takenAway)} still ship, with ${profile} retries, and not ` +
    `${percent(1 - alike)} in ${asked} s, whatever is away. The length at which half are lost is known to the ` +
    "second, so a driver can weigh it and a flip can name it."
  );
}
