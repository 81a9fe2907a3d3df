import Table from "cli-table3";
import type { Finding } from "../judgement/judge.ts";
import type { Result, Side } from "../judgement/results.ts";
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

/** The table of a run. Where the variants differ, both stand in one cell: choreography / orchestration. */
export function renderTable(results: readonly Result[]): string {
  const colAligns = head.map((title) => (["scenario", "ends", "match"].includes(title) ? "left" : "right"));
  const table = new Table({ head, colAligns, style: { head: [], border: [], compact: true } });
  for (const { name, orders, choreography, orchestration, findingCount } of results) {
    const both = (value: (side: Side) => string) => pair(value(choreography), value(orchestration));
    const count = (field: keyof Counts) => both(({ counts }) => known(counts[field]));
    table.push([
      name,
      known(orders),
      both(endsOf),
      both(({ sideEffects }) => known(sideEffects.charges)),
      both(({ sideEffects }) => known(sideEffects.refunds)),
      both(({ sideEffects }) => known(sideEffects.shipments)),
      count("invocations"),
      count("events"),
      count("stateTransitions"),
      count("awsCalls"),
      findingCount === 0 ? "yes" : "NO",
    ]);
  }
  return table.toString();
}

const known = (value: Count): string => value.toLocaleString("en");

const pair = (left: string, right: string): string => (left === right ? left : `${left} / ${right}`);

const endsOf = ({ ends }: Side): string =>
  Object.entries(ends)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, orders]) => (orders === 1 ? status : `${known(orders)} ${status}`))
    .join("\n");

/** What does not match, both sides of it, and the command that shows it again. */
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

function renderFinding(finding: Finding): string {
  const side = (variant: "choreography" | "orchestration") =>
    variant in finding ? [`      ${variant}: ${JSON.stringify(finding[variant]) ?? "nothing"}`] : [];
  return [
    `  ${finding.orderId ? `${finding.orderId} ` : ""}${finding.what}`,
    ...side("choreography"),
    ...side("orchestration"),
  ].join("\n");
}
