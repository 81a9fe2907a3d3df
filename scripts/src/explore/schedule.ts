import { readFileSync } from "node:fs";
import * as z from "zod";
import { exit, Failure } from "../failure.ts";

/** A decision that was not the first option: everything else went in order and without fault. */
const Deviation = z.strictObject({
  /** The question, such as `fault at ShipOrder(order-1) try 1: carrier PutItem`. */
  at: z.string().min(1),
  /** The how manieth time it was asked, from 1. */
  nth: z.number().int().min(1),
  /** The option that was taken, by its name. */
  take: z.string().min(1),
});
export type Deviation = z.infer<typeof Deviation>;

/** All that a run decided otherwise than in order and without fault, in the order of the run. */
export type Schedule = readonly Deviation[];

/** A schedule as it is kept: of which orders in which variant, and what it comes to. */
const StoredSchedule = z.strictObject({
  variant: z.string().min(1),
  /** A scenario's, or those of a drawn run. */
  orders: z.union([
    z.strictObject({ scenario: z.string().min(1) }),
    z.strictObject({ seed: z.number().int().min(0), run: z.number().int().min(0), most: z.number().int().min(1) }),
  ]),
  schedule: z.array(Deviation),
  /** The weakening that it shows the damage of; the shipped code if not given. */
  without: z.string().min(1).optional(),
  /** What it leaves behind, as rule and words; nothing is wrong if not given. */
  finding: z.string().min(1).optional(),
});
export type StoredSchedule = z.infer<typeof StoredSchedule>;

/**
 * @param given a file, or the JSON text itself
 * @throws Failure for what cannot be read or is no schedule: what is wrong, and where
 */
export function readSchedule(given: string): StoredSchedule {
  const next = "pnpm explore, which prints one for each finding";
  const refuse = (why: string) => new Failure(`${given} is no schedule: ${why}`, { exitCode: exit.usage, next });
  let text = given;
  if (!given.trimStart().startsWith("{")) {
    try {
      text = readFileSync(given, "utf8");
    } catch (error) {
      throw new Failure(`cannot read ${given}: ${(error as Error).message}`, { exitCode: exit.usage, next });
    }
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const stored = StoredSchedule.safeParse(json);
  if (stored.success) return stored.data;
  throw refuse(
    stored.error.issues.map(({ path, message }) => `${path.join(".") || "(schedule)"}: ${message}`).join("; "),
  );
}
