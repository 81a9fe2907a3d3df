import Table from "cli-table3";
import { threshold } from "../decision/weigh.ts";
import type { SweepReport, Trend } from "../sweep/sweep.ts";

/** What generated sagas took, the smallest first, and whether the orchestration pays off as they grow. */
export function renderSweep({ sizes, trends, undoPolicy, command }: SweepReport): string {
  const table = new Table({
    head: ["steps", "error paths", "messages", "transitions", "waits", "links", "places", "USD a million"],
    colAligns: Array.from({ length: 8 }, () => "right" as const),
    style: { head: [], border: [], compact: true },
  });
  for (const { steps, errorPaths, styles } of sizes) {
    const both = (figure: keyof typeof styles.choreographed, digits = 0) =>
      `${styles.choreographed[figure].toFixed(digits)} / ${styles.orchestrated[figure].toFixed(digits)}`;
    const counts = (["messages", "transitions", "waits", "links", "places"] as const).map((each) => both(each));
    table.push([steps, errorPaths, ...counts, both("usdPerMillion", 2)]);
  }
  return [
    "choreography / orchestration, generated and run in the embedded cloud: an order that goes through,",
    `and one for each error path. Undo: ${undoPolicy}.`,
    table.toString(),
    "messages: events and calls; waits: calls whose caller waits; links: who woke whom; places: rules, or the machine",
    "",
    `"The more complex a workflow, the more an orchestrator pays off" (The Hard Parts, ch. 11): ${claim(trends)}`,
    ...trends.map(
      ({ measure, smallest, largest, orchestration }) =>
        `  ${measure}: the choreography needs ${smallest.toFixed(2)} times as much at the smallest size, ` +
        `${largest.toFixed(2)} at the largest: the orchestration ${orchestration}`,
    ),
    `A change of ${threshold} times or more counts.`,
    `again: ${command}`,
    "",
  ].join("\n");
}

const claim = (trends: readonly Trend[]): string => {
  const shown = trends.filter(({ orchestration }) => orchestration === "pays off as sagas grow");
  const names = shown.map(({ measure }) => measure).join(", ");
  return shown.length > 0 ? `shown by ${names}, and by nothing else here` : "not shown by anything counted here";
};
