import type { Musts } from "./brief.ts";
import { type Evidence, takenAway } from "./evidence.ts";
import { spanText } from "./span.ts";

/** One must-have, held against one variant. */
export interface Must {
  readonly what: string;
  readonly passed: boolean;
  /** What was found, and how it is found again. */
  readonly found: string;
}

/** What a client waits for two calls, in milliseconds: it writes the document and says so. */
const sayingMs = 12;
const secondsADay = 86_400;

/** Every must-have in one variant. */
export function mustsOf(must: Musts, evidence: Evidence): Must[] {
  const { shippedMs, clientWaits, auditDays, waitsSeconds, messageBytes } = evidence;
  const musts: Must[] = [];
  const add = (what: string, passed: boolean, found: string) => musts.push({ what, passed, found });
  if (must.answersWithinMs !== undefined) {
    const waits = clientWaits ? shippedMs?.most : sayingMs;
    const found =
      waits === undefined
        ? "unknown: a hop on its way has no source (pnpm latency)"
        : `${Math.round(waits)} ms (modelled)`;
    add(`answers within ${must.answersWithinMs} ms`, waits !== undefined && waits <= must.answersWithinMs, found);
  }
  if (must.survivesOutageSeconds !== undefined) {
    const shortest = shortestOutage(evidence);
    const found = `${shortest} s (pnpm outage --profile idiomatic)`;
    add(`survives an outage of ${must.survivesOutageSeconds} s`, shortest >= must.survivesOutageSeconds, found);
  }
  if (must.auditDays !== undefined)
    add(`can be audited after ${must.auditDays} days`, auditDays >= must.auditDays, `${auditDays} days`);
  if (must.approvalDays !== undefined) {
    const days = waitsSeconds / secondsADay;
    const found = `waits ${spanText({ least: days, most: days })} days`;
    add(`waits ${must.approvalDays} days for an approval`, days >= must.approvalDays, found);
  }
  if (must.messageBytes !== undefined)
    add(`carries ${must.messageBytes} bytes a message`, messageBytes >= must.messageBytes, `${messageBytes} bytes`);
  return musts;
}

/** The shortest outage, of any dependency, at which half of the orders no longer ship: in seconds. */
export const shortestOutage = ({ outageSeconds }: Pick<Evidence, "outageSeconds">): number =>
  Math.min(...takenAway.map((dependency) => outageSeconds[dependency] ?? 0));
