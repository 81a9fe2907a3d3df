import type { Musts } from "./brief.ts";
import { type Evidence, takenAway } from "./evidence.ts";
import { spanText } from "./span.ts";

/** One must-have, held against one variant. */
export interface Must {
  readonly what: string;
  /** What is unknown is not passed. */
  readonly verdict: "pass" | "fail" | "unknown";
  readonly found: string;
  /** The command that finds it again, or that makes it known, where there is one. */
  readonly again?: string;
}

/** What a client waits for two calls, in milliseconds: it writes the document and says so. */
const sayingMs = 12;
const secondsADay = 86_400;

/** Every must-have in one variant. */
export function mustsOf(must: Musts, evidence: Evidence): Must[] {
  const { shippedMs, unknownHops, clientWaits, auditDays, waitsSeconds, messageBytes } = evidence;
  const musts: Must[] = [];
  const add = (what: string, passed: boolean | "unknown", found: string, again?: string) =>
    musts.push({ what, verdict: verdictOf(passed), found, ...(again !== undefined && { again }) });
  if (must.answersWithinMs !== undefined) {
    const waits = clientWaits ? shippedMs?.most : sayingMs;
    const hears = clientWaits ? "how its order ended" : "that its order is placed";
    const what = `answers within ${must.answersWithinMs} ms`;
    const flags = unknownHops.map((hop) => `--${hop}-hop MS`).join(" ");
    const missing = `no source says how long a ${unknownHops.join(" or ")} hop takes; it is known once you say it`;
    if (waits === undefined) add(what, "unknown", missing, `pnpm decide ${flags}`);
    else add(what, waits <= must.answersWithinMs, `${Math.round(waits)} ms, modelled, until the client hears ${hears}`);
  }
  if (must.survivesOutageSeconds !== undefined) {
    const shortest = shortestOutage(evidence);
    const away = takenAway.find((dependency) => (evidence.outageSeconds[dependency] ?? 0) === shortest);
    const what = `ships half of the orders in an outage of ${must.survivesOutageSeconds} s`;
    const again = "pnpm outage --profile idiomatic --variants all";
    const found = shortest === 0 ? `never half without ${away}` : `half ship in up to ${shortest} s without ${away}`;
    add(what, shortest >= must.survivesOutageSeconds, found, again);
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

const verdictOf = (passed: boolean | "unknown"): Must["verdict"] =>
  passed === "unknown" ? passed : passed ? "pass" : "fail";

/** What was found, and how it is found again. */
export const foundText = ({ verdict, found, again }: Must): string =>
  `${verdict}: ${found}${again === undefined ? "" : ` (${again})`}`;

/** The shortest outage, of any dependency, at which half of the orders no longer ship: in seconds. */
export const shortestOutage = ({ outageSeconds }: Pick<Evidence, "outageSeconds">): number =>
  Math.min(...takenAway.map((dependency) => outageSeconds[dependency] ?? 0));
