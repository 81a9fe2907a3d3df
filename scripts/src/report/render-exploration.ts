import Table from "cli-table3";
import type { Explored } from "../commands/explore.ts";
import { narrowing } from "../explore/narrowing.ts";
import type { Schedule, StoredSchedule } from "../explore/schedule.ts";
import type { Walked } from "../explore/search.ts";
import type { Violation } from "../explore/violations.ts";
import { shellWord } from "../shell-word.ts";

interface Column {
  readonly title: string;
  readonly cell: (walked: Walked) => string | number;
}

const beyond: readonly Column[] = [
  { title: "beyond budget", cell: ({ swept }) => swept },
  { title: "declared", cell: ({ declared }) => declared },
  { title: "CPU s", cell: ({ cpuSeconds }) => cpuSeconds },
  { title: "walked", cell: ({ found, finished }) => (found.length > 0 ? "WRONG" : finished ? "all" : "not all") },
];

const ofParts: readonly Column[] = [
  { title: "states", cell: ({ states }) => states },
  { title: "decisions", cell: ({ ways }) => ways },
  { title: "runs", cell: ({ runs }) => runs },
  { title: "pruned", cell: ({ pruned }) => pruned },
  { title: "ends", cell: ({ ends }) => ends },
  ...beyond,
];

const ofDrawn: readonly Column[] = [
  { title: "runs", cell: ({ runs }) => runs },
  { title: "faults that struck", cell: ({ struck }) => struck },
  ...beyond,
];

/** A line for each part that was walked: how large it is, and how much of it was seen before. */
export const renderWalked = (explored: readonly Explored[]): string => table("variant and part", explored, ofParts);

/** A line for each run of schedules that were drawn: how many, and what struck them. */
export const renderDrawn = (explored: readonly Explored[]): string => table("variant and runs", explored, ofDrawn);

function table(title: string, explored: readonly Explored[], columns: readonly Column[]): string {
  const head = [title, ...columns.map((column) => column.title)];
  const rows = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { job, walked } of explored) rows.push([job.title, ...columns.map(({ cell }) => cell(walked))]);
  return `${rows.toString()}\n`;
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
    ...decisionsIn(schedule),
    "and so",
    ...story.map((line) => `  ${line}`),
    `again: pnpm explore --replay ${shellWord(JSON.stringify(stored))}`,
    `trace: pnpm trace ${shellWord(JSON.stringify(stored))}`,
  ].join("\n");
}

/** A line for each decision; for a question that is answered alike time after time, one for all. */
function decisionsIn(schedule: Schedule): string[] {
  const alike: { at: string; take: string; from: number; to: number }[] = [];
  for (const { at, nth, take } of schedule) {
    const last = alike.at(-1);
    if (last && last.at === at && last.take === take && last.to === nth - 1) last.to = nth;
    else alike.push({ at, take, from: nth, to: nth });
  }
  return alike.map(({ at, take, from, to }) => {
    const times = to > from ? ` (${from} to ${to})` : from > 1 ? ` (${from})` : "";
    return `  ${at}${times}: ${take}`;
  });
}
