import Table from "cli-table3";
import type { Explored } from "../commands/explore.ts";
import { narrowing } from "../explore/narrowing.ts";
import type { StoredSchedule } from "../explore/schedule.ts";
import type { Violation } from "../explore/violations.ts";
import { shellWord } from "../shell-word.ts";

/** A line for each part that was walked: how large it is, and how much of it was seen before. */
export function renderWalked(explored: readonly Explored[]): string {
  const head = ["variant and part", "states", "decisions", "runs", "pruned", "ends", "beyond budget", "CPU s", ""];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { job, walked } of explored) {
    const { runs, pruned, states, ways, ends, swept, declared, cpuSeconds, finished, found } = walked;
    const how = found.length > 0 ? "WRONG" : finished ? "all" : "not all";
    table.push([job.title, states, ways, runs, pruned, ends, swept, declared, cpuSeconds, how]);
  }
  return `${table.toString()}\n`;
}

/** What the parts hold and what of it is not walked. */
export const renderNarrowing = (): string =>
  narrowing.map(({ title, lines }) => [title, ...lines.map((line) => `  - ${line}`)].join("\n")).join("\n") + "\n";

/** What is wrong, the story that leads there, and the command that shows it again. */
export function renderExploredFinding({
  stored,
  story,
  violations,
}: {
  readonly stored: StoredSchedule;
  readonly story: readonly string[];
  readonly violations: readonly Violation[];
}): string {
  const { variant, without, schedule } = stored;
  const orders = "scenario" in stored.orders ? stored.orders.scenario : `run ${stored.orders.run}`;
  const what = violations.map(
    ({ orderId, what: wrong, seen }) => `  ${orderId ?? ""} ${wrong}: ${JSON.stringify(seen)}`,
  );
  return [
    `${variant}, ${orders}${without ? ` without ${without}` : ""}`,
    ...(what.length > 0 ? what : ["  nothing is wrong"]),
    "what happens otherwise than in order and without fault",
    ...schedule.map(({ at, nth, take }) => `  ${at}${nth > 1 ? ` (${nth})` : ""}: ${take}`),
    "and so",
    ...story.map((line) => `  ${line}`),
    `again: pnpm explore --replay ${shellWord(JSON.stringify(stored))}`,
    `trace: pnpm trace ${shellWord(JSON.stringify(stored))}`,
  ].join("\n");
}
