import Table from "cli-table3";
import { threshold } from "../decision/weigh.ts";
import type { SagaRun } from "../sweep/run-saga.ts";
import type { SweepReport, Trend } from "../sweep/sweep-report.ts";

/** What is counted of a generated saga, in the order in which it is shown. */
export const measures: readonly { readonly measure: keyof SagaRun; readonly title: string; readonly digits: number }[] =
  [
    { measure: "messages", title: "messages", digits: 0 },
    { measure: "transitions", title: "transitions", digits: 0 },
    { measure: "waits", title: "waits", digits: 0 },
    { measure: "links", title: "links", digits: 0 },
    { measure: "places", title: "places", digits: 0 },
    { measure: "usdPerMillion", title: "USD a million", digits: 2 },
  ];

/** What generated sagas took, the smallest first, and whether the orchestration pays off as they grow. */
export function renderSweep(report: SweepReport): string {
  const { sizes, trends, undoPolicy, command } = report;
  const table = new Table({
    head: ["steps", "error paths", ...measures.map(({ title }) => title)],
    colAligns: Array.from({ length: 2 + measures.length }, () => "right" as const),
    style: { head: [], border: [], compact: true },
  });
  for (const { steps, errorPaths, styles } of sizes) {
    const counts = measures.map(({ measure, digits }) =>
      [styles.choreographed, styles.orchestrated].map((run) => run[measure].toFixed(digits)).join(" / "),
    );
    table.push([steps, errorPaths, ...counts]);
  }
  return [
    "choreography / orchestration, generated and run in the embedded cloud: an order that goes through,",
    `and one for each error path. Undo: ${undoPolicy}.`,
    table.toString(),
    "messages: events and calls; waits: calls whose caller waits; links: who woke whom; places: rules, or the machine",
    "",
    sweepClaim(report),
    ...trends.map((trend) => `  ${trendText(trend)}`),
    `again: ${command}`,
    "",
  ].join("\n");
}

/** How the styles' relation changes by one measure. */
export const trendText = ({ measure, smallest, largest, orchestration }: Trend): string =>
  `${titleOf(measure)}: the choreography needs ${smallest.toFixed(2)} times as much at the smallest size, ` +
  `${largest.toFixed(2)} at the largest: the orchestration ${orchestration}`;

const titleOf = (measure: keyof SagaRun): string => measures.find((each) => each.measure === measure)!.title;

/** Whether what N. Ford, M. Richards, P. Sadalage and Z. Dehghani claim is shown by what was counted. */
export function sweepClaim({ trends }: Pick<SweepReport, "trends">): string {
  const shown = trends.filter(({ orchestration }) => orchestration === "pays off as sagas grow");
  const names = shown.map(({ measure }) => titleOf(measure)).join(", ");
  const verdict =
    shown.length > 0 ? `shown by ${names}, and by nothing else here` : "not shown by anything counted here";
  return (
    'That orchestration pays off as a workflow grows more complex ("Software Architecture: The Hard Parts", ch. 11) ' +
    `is ${verdict}. A change of ${threshold} times or more counts.`
  );
}
