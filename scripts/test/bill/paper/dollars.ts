import type { Count } from "./count.ts";
import type { RowUnits } from "./placings.ts";

const sum = (figures: readonly number[]): number => figures.reduce((total, each) => total + each, 0);
const gigabyte = 2 ** 30;
/** Lambda's START, END and REPORT of a traced function, as its documentation shows them: words, ids of 36, figures. */
const start = 17 + 36 + 18;
const end = 15 + 36 + 1;
const report = 18 + 36 + 1 + (19 + 23 + 20 + 24) + (14 + 35 + 1 + 11 + 16 + 1 + 15);
const ownLogLines = start + end + report;
/** Round an event's data in an execution's log: id, type, details, previous id, time, ARN of 89, redrive count. */
const envelope = 11 + 26 + 38 + 25 + 34 + (17 + 89 + 2) + 20;

/** What a million orders' GB-seconds of Express cost, tier by tier. */
const tiered = (gigabyteSeconds: number): number =>
  16.67e-6 * Math.min(gigabyteSeconds, 3_600_000) +
  8.33e-6 * Math.max(0, Math.min(gigabyteSeconds, 18_000_000) - 3_600_000) +
  4.56e-6 * Math.max(0, gigabyteSeconds - 18_000_000);

/**
 * US dollars for a million orders in us-east-1 by the price list of 2026-11-21, by the line of the bill. A line that is
 * not there costs nothing.
 */
export function dollarsOf(count: Count, orders: number, row: RowUnits): Readonly<Record<string, number>> {
  const perOrder = (usdPerMillion: number, units: number) => (usdPerMillion * units) / orders;
  const seconds = sum(count.functionMs.map((ms) => Math.ceil(ms))) / 1_000;
  const runs = count.functionMs.length;
  const million = 1_000_000;
  return {
    transitions: perOrder(25, count.transitions),
    "express-requests": perOrder(1, count.expressMs.length),
    // Up to 100 ms, of 64 MB; a month's first 3.6 million GB-seconds are the dearest.
    "express-duration": tiered(perOrder(million, sum(count.expressMs.map((ms) => Math.ceil(ms / 100) / 10))) / 16),
    "durable-operations": perOrder(8, sum(count.durable.map(({ operations }) => operations))),
    "durable-written": perOrder(0.25 * million, sum(count.durable.map(({ writtenBytes }) => writtenBytes)) / gigabyte),
    // While it ran, and seven days of a month of 730 hours after it.
    "durable-retained": perOrder(
      0.15 * million,
      sum(count.durable.map(({ writtenBytes, ranMs }) => writtenBytes * (ranMs / 86_400_000 + 7))) /
        gigabyte /
        (730 / 24),
    ),
    // None is larger than 64 KB.
    events: perOrder(1, count.events.length),
    "archive-processing": perOrder(0.1 * million, sum(count.archived) / gigabyte),
    // Seven days of a month of 730 hours.
    "archive-storage": perOrder(0.023 * million, (sum(count.archived) / gigabyte) * (7 / (730 / 24))),
    "function-requests": perOrder(0.2, runs),
    // 512 MB on arm64.
    "function-duration": perOrder(13.3334, seconds * 0.5),
    // 1 % of the runs, 250 ms.
    "function-init": perOrder(13.3334, runs * 0.01 * 0.25 * 0.5),
    "write-units": perOrder(0.625, count.write + row.write * count.rowWrites),
    "read-units": perOrder(0.125, count.read + row.read * count.rowReads),
    "function-logs": perOrder(0.5 * million, (count.functionLogBytes + runs * ownLogLines) / gigabyte),
    "execution-logs": perOrder(0.5 * million, (count.historyBytes + count.historyEvents * envelope) / gigabyte),
    // One a placing; one in 20 of what is beyond one a second, of 2,628,000 seconds.
    traces: 5 * Math.min(count.placings / orders, 2.628 + 0.05 * (count.placings / orders)),
    "simulated-writes": perOrder(0.625, count.simulated),
  };
}
