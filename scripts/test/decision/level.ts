import type { Brief } from "../../src/decision/brief.ts";
import type { Evidence } from "../../src/decision/evidence.ts";

/** Of a variant; another with the same is level with it in every driver. */
export const level: Evidence = {
  variant: "first",
  shippedMs: { least: 400, most: 400 },
  unknownHops: [],
  clientWaits: false,
  outageSeconds: { table: 100, lambda: 100 },
  usdPerMillion: { least: 20, most: 20 },
  places: 10,
  whyCalls: 4,
  auditDays: 7,
  messageBytes: 262_144,
  waitsSeconds: 86_400,
  handedBytes: 1_000,
  ceilings: { "us-east-1": { by: "StartExecution", least: 300, most: 300 } },
  region: "us-east-1",
  changedLines: 60,
};

/** Asks for nothing, and weighs nothing. */
export const brief: Brief = {
  title: "A brief",
  context: "A test.",
  ordersPerMonth: 1_000,
  must: {},
  weights: {},
  judgement: [],
  validation: "a test",
  revisit: "never",
};
