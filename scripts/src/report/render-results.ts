import Table from "cli-table3";
import type { Finding } from "../judgement/judge.ts";
import type { Result, Tally } from "../judgement/results.ts";
import type { Count, Counts } from "../runs/counts.ts";

const head = [
  "scenario",
  "orders",
  "ends",
  "charged",
  "refunded",
  "shipped",
  "invocations",
  "events",
  "transitions",
  "AWS calls",
  "match",
];

const match = { valid: "yes", invalid: "NO", unknown: "?" } as const;

/** The table of a run. Where the variants differ, a cell has all, in the order of the registry: 5 / 0. */
export function renderTable(results: readonly Result[]): string {
  const colAligns = head.map((title) => (["scenario", "ends", "match"].includes(title) ? "left" : "right"));
  const table = new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
  for (const { name, orders, variants, verdict } of results) {
    const each = (value: (tally: Tally) => string) => cell(Object.values(variants).map(value));
    const count = (field: keyof Counts) => each(({ counts }) => known(counts[field]));
    table.push([
      name,
      known(orders),
      each(endsOf),
      each(({ sideEffects }) => known(sideEffects.charges)),
      each(({ sideEffects }) => known(sideEffects.refunds)),
      each(({ sideEffects }) => known(sideEffects.shipments)),
      count("invocations"),
      count("events"),
      count("stateTransitions"),
      count("awsCalls"),
      match[verdict],
    ]);
  }
  return table.toString();
}

const known = (value: Count): string => value.toLocaleString("en");

const cell = (values: readonly string[]): string => (new Set(values).size === 1 ? values[0]! : values.join(" / "));

const endsOf = ({ ends }: Tally): string =>
  Object.entries(ends)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, orders]) => (orders === 1 ? status : `${known(orders)} ${status}`))
    .join("\n");

/** What does not match, what each variant shows, and the command that shows it again. */
export function renderFindings({ name, findings, findingCount }: Result, repeat: string): string {
  const shown = findings.slice(0, 10);
  const rest = findingCount - shown.length;
  return [
    `${name}: ${findingCount} findings`,
    ...shown.map(renderFinding),
    ...(rest > 0 ? [`  … and ${rest} more in results.json`] : []),
    `  again: ${repeat}`,
  ].join("\n");
}

function renderFinding({ orderId, what, seen }: Finding): string {
  const sides = Object.entries(seen).map(
    ([variant, value]) => `      ${variant}: ${JSON.stringify(value) ?? "nothing"}`,
  );
  return [`  ${orderId ? `${orderId} ` : ""}${what}`, ...sides].join("\n");
}
