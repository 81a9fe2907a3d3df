import type { Measured } from "../../src/bill/bill.ts";
import type { Metered, MeteredInvocation, Waker } from "../../src/bill/metered.ts";

const nothing: Metered = {
  orders: 1,
  placings: 1,
  clientWaits: false,
  handedBytes: 0,
  waitedMs: 0,
  executions: 0,
  transitions: 0,
  express: [],
  durable: [],
  events: [],
  archived: [],
  invocations: [],
  units: { read: 0, write: 0 },
  simulatedUnits: { read: 0, write: 0 },
  messages: [],
  functionLogBytes: 0,
  executionEvents: [],
};

export const run = (functionName: string, wokenBy: Waker, calls: number): MeteredInvocation => ({
  functionName,
  wokenBy,
  calls,
  ownMs: 0,
  waitedFor: [],
});

/** A variant that takes this for a happy order, and so many alarms of one metric each. */
export const taking = (variant: string, metered: Partial<Metered>, alarms = 0): Measured => ({
  variant,
  facts: {
    functions: new Map([["step", { memoryMegabytes: 512, architecture: "arm64" }]]),
    archive: undefined,
    isTraced: false,
    executionLogs: undefined,
    logDays: 7,
    hasStateMachine: false,
    durableDays: undefined,
    alarms: { count: alarms, read: alarms, made: 0 },
    tickSeconds: undefined,
  },
  scenarios: new Map([["happy", { ...nothing, ...metered }]]),
  tick: undefined,
});
