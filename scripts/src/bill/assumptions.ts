/** A figure that may be lower or higher than thought: the bill is made for each. */
export interface Band {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}
export const cases = ["low", "base", "high"] as const;
export type Case = (typeof cases)[number];

/** What no run in the embedded cloud tells, since calls take no time there. */
export const assumptions = {
  callMs: {
    low: 3,
    base: 6,
    high: 12,
    unit: "ms",
    what: "a call of DynamoDB or EventBridge, as a function waits for it",
    why: "AWS promises single-digit milliseconds: https://aws.amazon.com/dynamodb/features/ (2026-11-21)",
  },
  handlerMs: {
    low: 1,
    base: 3,
    high: 8,
    unit: "ms",
    what: "an invocation's own work, beside its calls",
    why: "validation and a decision, no more; replace it by what your steps take (--step-work)",
  },
  coldShare: {
    low: 0.01,
    base: 0.01,
    high: 0.01,
    unit: "of the invocations",
    what: "invocations that start a new environment",
    why: "AWS: under 1 % in production; https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
  },
  initMs: {
    low: 150,
    base: 250,
    high: 500,
    unit: "ms",
    what: "what an environment takes to start, which is billed",
    why: "a bundle of half a megabyte on Node.js; no source gives it for this one",
  },
  expressHopMs: {
    low: 57.5,
    base: 77.3,
    high: 129,
    unit: "ms",
    what: "from an Express state machine to the function that it calls",
    why: "p10, p50, p90 of https://bitesizedserverless.com/bite/serverless-messaging-latency-compared/ (2022-09)",
  },
  expressMegabytes: {
    low: 64,
    base: 64,
    high: 128,
    unit: "MB",
    what: "memory of an Express execution, which is billed in steps of 64 MB",
    why: "AWS publishes no formula: https://aws.amazon.com/step-functions/pricing/ (2026-10)",
  },
  extraTransitions: {
    low: 0,
    base: 0,
    high: 1,
    unit: "an execution",
    what: "state transitions beyond those entered and retried",
    why: "whether the arrow from Start is one is not said: https://aws.amazon.com/step-functions/pricing/ (2026-10)",
  },
} as const satisfies Readonly<Record<string, Assumption>>;

interface Assumption extends Band {
  readonly unit: string;
  readonly what: string;
  readonly why: string;
}

/** The assumptions of one bill, by name. */
export type Assumed = Readonly<Record<keyof typeof assumptions, number>>;

/** What a reader says instead of an assumption, or beside them. */
export interface Replaced {
  /** A share of all invocations. */
  readonly coldShare?: number | undefined;
  /** Milliseconds of work in each step, beside its calls. */
  readonly stepWorkMs?: number | undefined;
}

export function assumed(which: Case, { coldShare, stepWorkMs = 0 }: Replaced = {}): Assumed {
  const own = Object.fromEntries(Object.entries(assumptions).map(([name, band]) => [name, band[which]])) as {
    -readonly [Name in keyof Assumed]: number;
  };
  if (coldShare !== undefined) own.coldShare = coldShare;
  own.handlerMs += stepWorkMs;
  return own;
}
