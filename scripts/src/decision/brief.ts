import * as z from "zod";
import { readJsonFile } from "../json-file.ts";
import { drivers } from "./drivers.ts";

const ids = drivers.map(({ id }) => id) as [string, ...string[]];

/** Pass or fail. */
const Musts = z.strictObject({
  /** The client has its answer within so many milliseconds at the median, whether or not the order has ended. */
  answersWithinMs: z.number().positive().optional(),
  /** Half of the orders that arrive in an outage of so many seconds still ship, whatever is away. */
  survivesOutageSeconds: z.number().positive().optional(),
  /** What happened to an order can be read so many days later. */
  auditDays: z.number().positive().optional(),
  /** An order may wait so many days for a person's approval. */
  approvalDays: z.number().positive().optional(),
  /** A message between two steps may carry so many bytes. */
  messageBytes: z.number().positive().optional(),
});
export type Musts = z.infer<typeof Musts>;

/** How much each driver counts; 1 where nothing is said. */
const Weights = z.partialRecord(z.enum(ids), z.number().min(0).max(10));
export type Weights = Readonly<Partial<Record<string, number>>>;

/** What a team wants decided: what must be, what counts how much, and what only they can judge. */
const Brief = z.strictObject({
  title: z.string().min(1),
  context: z.string().min(1),
  ordersPerMonth: z.int().positive(),
  must: Musts,
  weights: Weights,
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

/** @throws Failure for a file that cannot be read or holds other than must-haves: it names the field */
export const readMusts = (file: string): Musts =>
  readJsonFile(file, { what: "file of must-haves", schema: Musts, next: 'such as {"auditDays": 30}' });

/** @throws Failure for a file that cannot be read or weighs what is no driver: it names the field */
export const readWeights = (file: string): Weights =>
  readJsonFile(file, { what: "file of weights", schema: Weights, next: 'such as {"cost": 3, "coupling": 0.5}' });
