import type { Assumed } from "./assumptions.ts";
import { expressMs, functionMs } from "./durations.ts";
import type { Facts } from "./facts.ts";
import type { Metered, MeteredInvocation } from "./metered.ts";
import type { PriceId } from "./prices.ts";

/** What a rule reads. */
export interface Basis {
  readonly metered: Metered;
  readonly facts: Facts;
  readonly assumed: Assumed;
  /** Bytes that each message would carry beside what it carries, were state passed on in messages. */
  readonly stateBytes: number;
}

/** One line of a bill: from what a run took to the units that AWS bills. */
export interface BillingRule {
  readonly id: string;
  readonly title: string;
  readonly price: (facts: Facts) => PriceId;
  /** As a person computes it. */
  readonly formula: string;
  /** The page of AWS that says so, and when it was read. */
  readonly source: string;
  /** Not part of the total: what a real saga would not have. */
  readonly isOutside?: true;
  /** Units, over all orders that were metered. */
  units(basis: Basis): number;
  /** Of the units that a month's orders would take, those that are billed. */
  ofMonth?(units: number): number;
}

const chunkBytes = 64 * 1024;
const gigabyte = 1024 ** 3;
export const secondsPerMonth = 730 * 3_600;
const daysPerMonth = secondsPerMonth / 86_400;

const sum = <Of>(list: readonly Of[], figure: (of: Of) => number): number =>
  list.reduce((total, each) => total + figure(each), 0);
const chunks = (sizes: readonly number[], stateBytes: number): number =>
  sum(sizes, (size) => Math.ceil((size + stateBytes) / chunkBytes));
/** What is written as data carries the state too; what only marks a moment has none. */
const withState = (sizes: readonly number[], stateBytes: number): number =>
  sum(sizes, (size) => (size > 0 ? size + stateBytes : 0));
const archivedGigabytes = ({ metered, stateBytes }: Basis): number =>
  sum(metered.archived, (size) => size + stateBytes) / gigabyte;

/** Lambda's own lines of an invocation, START, END and REPORT, of the lengths that its documentation shows. */
const ownLogLines = [
  "START RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95 Version: $LATEST\n",
  "END RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95\n",
  "REPORT RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95\t",
  "Duration: 15.74 ms\tBilled Duration: 16 ms\tMemory Size: 512 MB\tMax Memory Used: 85 MB\t\n",
  "XRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85\tSampled: true\t\n",
];
const ownLogBytes = ownLogLines.join("").length;

/** What stands round an event's data in a state machine's log, as long as in Step Functions' documentation. */
const entryEnvelope = JSON.stringify({
  id: "12",
  type: "TaskStateEntered",
  details: { name: "ReserveInventory" },
  previous_event_id: "11",
  event_timestamp: "1755000000000",
  execution_arn: "arn:aws:states:us-east-1:123456789012:execution:saga:8f507cfc-xmpl-4697-b07a-ac58fc914c95",
  redrive_count: "0",
});

/** The functions of a stack share an architecture; the first says which. */
const durationPrice = ({ functions }: Facts): PriceId =>
  `function-duration-${[...functions.values()][0]?.architecture ?? "x86_64"}`;

const gigabytes = ({ functionName }: MeteredInvocation, { functions }: Facts): number =>
  functions.get(functionName)!.memoryMegabytes / 1024;

/** The bill's lines, in the order in which they are shown. */
export const billingRules: readonly BillingRule[] = [
  {
    id: "transitions",
    title: "state transitions",
    price: () => "transition",
    formula: "states entered + retries (high: + 1 an execution)",
    source: "https://aws.amazon.com/step-functions/pricing/ (2026-10)",
    units: ({ metered, assumed }) => metered.transitions + assumed.extraTransitions * metered.executions,
  },
  {
    id: "express-requests",
    title: "Express executions",
    price: () => "express-request",
    formula: "executions",
    source: "https://aws.amazon.com/step-functions/pricing/ (2026-10)",
    units: ({ metered }) => metered.express.length,
  },
  {
    id: "express-duration",
    title: "Express duration",
    price: () => "express-duration",
    formula:
      "(hops x ms of a hop + the functions' ms + time waited for retries), modelled, up to 100 ms, " +
      "x 64 MB (high: 128 MB)",
    source: "https://aws.amazon.com/step-functions/pricing/ (2026-10)",
    units: (basis) =>
      sum(expressMs(basis), (ms) => ((Math.ceil(ms / 100) * 100) / 1000) * (basis.assumed.expressMegabytes / 1024)),
  },
  {
    id: "durable-operations",
    title: "durable operations",
    price: () => "durable-operation",
    formula:
      "executions started + steps and their further tries + waits + functions invoked + runs of the function " +
      "that were repeated",
    source: "https://aws.amazon.com/lambda/pricing/ (2026-10-07); that a function invoked is one is assumed",
    units: ({ metered }) => sum(metered.durable, ({ operations }) => operations),
  },
  {
    id: "durable-written",
    title: "durable executions, writing",
    price: () => "durable-written",
    formula: "GB of their inputs, of what their operations were given and came to, and of their ends",
    source: "https://aws.amazon.com/lambda/pricing/ (2026-10-07)",
    units: ({ metered, stateBytes }) =>
      sum(metered.durable, ({ written }) => withState(written, stateBytes)) / gigabyte,
  },
  {
    id: "durable-retained",
    title: "durable executions, keeping",
    price: () => "durable-retained",
    formula: "those GB x (days that the execution ran + days kept) / days of a month",
    source: "https://aws.amazon.com/lambda/pricing/ (2026-10-07)",
    units: ({ metered, facts: { durableDays = 0 }, stateBytes }) =>
      sum(
        metered.durable,
        ({ written, tookMs }) =>
          (withState(written, stateBytes) / gigabyte) * ((tookMs / 86_400_000 + durableDays) / daysPerMonth),
      ),
  },
  {
    id: "events",
    title: "events",
    price: () => "event",
    formula: "64 KB of each entry on the bus, begun ones counted whole; failure records too",
    source: "https://aws.amazon.com/eventbridge/pricing/ (2026-10)",
    units: ({ metered, stateBytes }) => chunks(metered.events, stateBytes),
  },
  {
    id: "archive-processing",
    title: "archive, taking in",
    price: () => "archive-processing",
    formula: "GB of the entries that the archive takes: the saga's own",
    source: "https://aws.amazon.com/eventbridge/pricing/ (2026-10)",
    units: archivedGigabytes,
  },
  {
    id: "archive-storage",
    title: "archive, keeping",
    price: () => "archive-storage",
    formula: "GB of those entries x days kept / days of a month",
    source: "https://aws.amazon.com/eventbridge/pricing/ (2026-10)",
    units: (basis) => archivedGigabytes(basis) * ((basis.facts.archive?.days ?? 0) / daysPerMonth),
  },
  {
    id: "function-requests",
    title: "function requests",
    price: () => "function-request",
    formula: "invocations, each try counted",
    source: "https://aws.amazon.com/lambda/pricing/ (2026-09-06)",
    units: ({ metered }) => metered.invocations.length,
  },
  {
    id: "function-duration",
    title: "function duration",
    price: durationPrice,
    formula: "(own work + calls x ms of a call + time in the handler), up to 1 ms, x memory",
    source: "https://aws.amazon.com/lambda/pricing/ (2026-09-06)",
    units: (basis) =>
      sum(
        functionMs(basis).map((ms, index) => [Math.ceil(ms), basis.metered.invocations[index]!] as const),
        ([ms, invocation]) => (ms / 1000) * gigabytes(invocation, basis.facts),
      ),
  },
  {
    id: "function-init",
    title: "function starts",
    price: durationPrice,
    formula: "invocations x share of cold starts x ms of a start x memory",
    source: "https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/ (2025-04-29)",
    units: ({ metered, facts, assumed }) =>
      sum(metered.invocations, (each) => assumed.coldShare * (assumed.initMs / 1000) * gigabytes(each, facts)),
  },
  {
    id: "write-units",
    title: "table writes",
    price: () => "write-unit",
    formula:
      "KB of each write of the saga's own rows; transactions twice, failed conditions too; " +
      "an entry of the index made or taken away, once each",
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-21)",
    units: ({ metered }) => metered.units.write,
  },
  {
    id: "read-units",
    title: "table reads",
    price: () => "read-unit",
    formula: "4 KB of each consistent read of the saga's own rows",
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-21)",
    units: ({ metered }) => metered.units.read,
  },
  {
    id: "queue-requests",
    title: "dead letters",
    price: () => "queue-request",
    formula: "64 KB of each message that is put on a queue",
    source: "https://aws.amazon.com/sqs/pricing/ (2026-10-08)",
    units: ({ metered, stateBytes }) => chunks(metered.messages, stateBytes),
  },
  {
    id: "function-logs",
    title: "logs of functions",
    price: () => "log-ingestion",
    formula: `GB written + ${ownLogBytes} bytes an invocation of Lambda's own START, END and REPORT`,
    source: "https://aws.amazon.com/cloudwatch/pricing/ (2024-07-01)",
    units: ({ metered }) => (metered.functionLogBytes + metered.invocations.length * ownLogBytes) / gigabyte,
  },
  {
    id: "execution-logs",
    title: "logs of state machines",
    price: () => "log-ingestion",
    formula: `GB of the data of each event of an execution's history + ${entryEnvelope.length} bytes round it`,
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (2026-11-21)",
    units({ metered: { executionEvents }, facts: { executionLogs }, stateBytes }) {
      if (!executionLogs) return 0;
      const dataOf = (size: number) => (executionLogs === "with data" && size > 0 ? size + stateBytes : 0);
      return sum(executionEvents, (size) => entryEnvelope.length + dataOf(size)) / gigabyte;
    },
  },
  {
    id: "traces",
    title: "traces",
    price: () => "trace",
    formula: "the lesser of: a trace an order; one a second + 5 % of the orders",
    source: "https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html (2026-11-21)",
    units: ({ metered, facts }) => (facts.isTraced ? metered.placings : 0),
    ofMonth: (starts) => Math.min(starts, secondsPerMonth + 0.05 * starts),
  },
  {
    id: "simulated-writes",
    title: "writes of the simulated services",
    price: () => "write-unit",
    formula: "as table writes, for stock, payment gateway and carrier",
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-21)",
    isOutside: true,
    units: ({ metered }) => metered.simulatedUnits.write,
  },
  {
    id: "simulated-reads",
    title: "reads of the simulated services",
    price: () => "read-unit",
    formula: "as table reads, for stock, payment gateway and carrier",
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html (2026-11-21)",
    isOutside: true,
    units: ({ metered }) => metered.simulatedUnits.read,
  },
];
