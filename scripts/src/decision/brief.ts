import * as z from "zod";
import { readJsonFile } from "../json-file.ts";
import { drivers } from "./drivers.ts";
import { type Evidence, takenAway } from "./evidence.ts";

const ids = drivers.map(({ id }) => id) as [string, ...string[]];

/** What a team wants decided: what must be, what counts how much, and what only they can judge. */
const Brief = z.strictObject({
  title: z.string().min(1),
  context: z.string().min(1),
  ordersPerMonth: z.int().positive(),
  /** Pass or fail. */
  must: z.strictObject({
    /** The client has its answer within so many milliseconds at the median, whether or not the order has ended. */
    answersWithinMs: z.number().positive().optional(),
    /** Half of the orders that arrive in an outage of so many seconds still ship, whatever is away. */
    survivesOutageSeconds: z.number().positive().optional(),
    /** What happened to an order can be read so many days later. */
    auditDays: z.number().positive().optional(),
    /** A message between two steps may carry so many bytes. */
    messageBytes: z.number().positive().optional(),
  }),
  weights: z.partialRecord(z.enum(ids), z.number().min(0).max(10)),
  /** Lines of the reader's own: they are shown as his, and counted by nobody. */
  judgement: z.array(z.string().min(1)).default([]),
  /** A test that would prove the decision wrong. */
  validation: z.string().min(1),
  /** When to decide again. */
  revisit: z.string().min(1),
});
export type Brief = z.infer<typeof Brief>;

/** @throws Failure for a file that cannot be read or is no brief: it names the field */
export const readBrief = (file: string): Brief =>
  readJsonFile(file, { what: "brief", schema: Brief, next: "start from scripts/briefs/marketplace.json" });

/** One must-have, held against one variant. */
export interface Must {
  readonly what: string;
  readonly passed: boolean;
  /** What was found, and how it is found again. */
  readonly found: string;
}

/** What a client waits for two calls, in milliseconds: it writes the document and says so. */
const sayingMs = 12;

/** Every must-have of a brief in one variant. */
export function mustsOf({ must }: Brief, evidence: Evidence): Must[] {
  const { shippedMs, clientWaits, outageSeconds, auditDays, messageBytes } = evidence;
  const musts: Must[] = [];
  const add = (what: string, passed: boolean, found: string) => musts.push({ what, passed, found });
  if (must.answersWithinMs !== undefined) {
    const waits = clientWaits ? shippedMs?.most : sayingMs;
    const found = waits === undefined ? "unknown: pnpm latency --direct-hop MS" : `${Math.round(waits)} ms (modelled)`;
    add(`answers within ${must.answersWithinMs} ms`, waits !== undefined && waits <= must.answersWithinMs, found);
  }
  if (must.survivesOutageSeconds !== undefined) {
    const shortest = Math.min(...takenAway.map((dependency) => outageSeconds[dependency] ?? 0));
    const found = `${shortest} s (pnpm outage --profile idiomatic)`;
    add(`survives an outage of ${must.survivesOutageSeconds} s`, shortest >= must.survivesOutageSeconds, found);
  }
  if (must.auditDays !== undefined)
    add(`can be audited after ${must.auditDays} days`, auditDays >= must.auditDays, `${auditDays} days`);
  if (must.messageBytes !== undefined)
    add(`carries ${must.messageBytes} bytes a message`, messageBytes >= must.messageBytes, `${messageBytes} bytes`);
  return musts;
}
