import type { RowChange } from "../runs/log/row-change.ts";
import { type Asking, askingAfter } from "../story/asking.ts";
import type { Inquiry } from "../story/inquire.ts";
import { type Moment, type Story, waitedMs } from "../story/story.ts";
import { knownIn, ways, type WrongAnswer, wrongAnswers } from "../story/whereabouts.ts";
import { counted } from "./words.ts";

/**
 * A story for a person: what happened, what led to it and how long after, then who would have known where the order is.
 * @param columns how many the reader sees
 */
export const renderStory = (story: Story, columns: number): string =>
  [timeline(story, columns), ...knowledge(story, columns)].join("\n") + "\n";

/** The same of an order in a deployed cloud, which was asked for it. */
export const renderInquiry = (inquiry: Inquiry, columns: number): string =>
  [timeline(inquiry.story, columns), ...answers(inquiry, columns)].join("\n") + "\n";

function timeline(story: Story, columns: number): string {
  const known = knownIn(story);
  const shown = story.moments.filter((moment) => isTold(story, moment));
  const left = story.moments.length - shown.length;
  const { truth } = known.at(-1)!;
  const lasted = seconds(story.moments.at(-1)!.atMs - story.moments[0]!.atMs);
  const lines = [
    `${story.orderId}, ${story.variant}: ${truth ?? "nothing placed"} after ${lasted}`,
    "",
    `${"#".padStart(4)} ${"after".padStart(5)} ${"time".padStart(9)}`,
    ...shown.map((moment) => lineOf(story, moment, columns)),
    ...(left > 0 ? [`${counted(left, "moment")} more: reads and handovers that went well; --json has them`] : []),
    "",
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** What goes without saying: reads, answers and handovers that went well. */
function isTold({ moments }: Story, { kind, error, changes, arrow, isDuplicate, text, cause }: Moment): boolean {
  if (error !== undefined || isDuplicate || arrow?.lost || changes.length > 0) return true;
  if (kind === "called") return !/^(Get|Query)/.test(text) && moments[cause! - 1]?.kind === "struck";
  return kind !== "ended" && kind !== "delivered";
}

function lineOf(story: Story, moment: Moment, columns: number): string {
  const { index, cause, atMs } = moment;
  const sinceMs = atMs - story.moments[0]!.atMs;
  const head = [`${index}`.padStart(4), `${toldCause(story, cause) ?? ""}`.padStart(5), seconds(sinceMs).padStart(9)];
  return wrapped(`${head.join(" ")}  `, sentence(story, moment), columns);
}

/** The nearest moment that led to it and is told. */
function toldCause(story: Story, cause: number | undefined): number | undefined {
  const moment = cause === undefined ? undefined : story.moments[cause - 1]!;
  return !moment || isTold(story, moment) ? cause : toldCause(story, moment.cause);
}

function sentence(story: Story, moment: Moment): string {
  const { kind, text, attempt = 1, error, isDuplicate, arrow, changes } = moment;
  const name = (id: string) => story.lanes.find((lane) => lane.id === id)?.name ?? id;
  const [here, from] = [name(moment.lane), name(arrow?.from ?? moment.lane)];
  const again = isDuplicate ? " again" : "";
  const laterMs = waitedMs(story, moment);
  const later = laterMs > 0 ? `, ${seconds(laterMs)} later` : "";
  const failed = error === undefined ? "" : `: ${error}`;
  const heard = arrow?.lost === "answer" ? `; ${from} gets no answer` : "";
  const wrote = changes.length > 0 ? changes.map(written).join(", ") : text;
  if (kind === "placed") return `${from} places the order${again}: ${wrote}`;
  if (kind === "started") return `${here} begins${again}${attempt > 1 ? `, try ${attempt}` : ""}${later}`;
  if (kind === "ended") return `${arrow ? from : here} ${error === undefined ? "succeeds" : "fails"}${failed}${later}`;
  if (kind === "moved") return `${here}: ${text}${failed}${later}`;
  if (kind === "queued") return `${here} gets a dead letter`;
  if (kind === "published") return `${from} says ${text}${again}${heard}${later}`;
  if (kind === "called") return `${from} to ${here}: ${wrote}${failed}${later}${heard}`;
  if (kind === "delivered") return `${text} ${arrow?.lost ? "does not reach" : "reaches"} ${here}${again}${failed}`;
  return `fault at ${here}: ${text}${arrow?.lost ? `; nothing of ${from} arrives` : ""}${later}`;
}

function written(change: RowChange): string {
  if (change.type === "StatusChanged") return `row ${change.status}`;
  if (change.type === "PlacementChanged") return `document ${change.state}`;
  if (change.type === "StockChanged") return `${change.available} of ${change.sku} left`;
  return `${change.ledger.toLowerCase()} ${change.state}`;
}

function knowledge(story: Story, columns: number): string[] {
  const known = knownIn(story);
  const asking = askingAfter(story);
  const wrong = wrongAnswers(story, known);
  const told = ways.flatMap((way) => {
    const { sources, calls } = asking.where[way];
    const answer = known.at(-1)!.answers[way];
    return [
      wrapped(`  ${way}: `, `${whom(sources)}${calls > 0 ? `; ${counted(calls, "call")}` : ""}`, columns),
      wrapped("    ", `says ${answer ?? "nothing"}`, columns),
      ...mistakes(wrong.filter((each) => each.way === way)).map((text) => wrapped("    ", text, columns)),
    ];
  });
  return [title, ...told, wrapped("  and why: ", why(asking), columns)];
}

const title = "where is my order? (The Hard Parts, ch. 11)";

function answers({ asked, calls, deadLetters }: Inquiry, columns: number): string[] {
  const told = ways.map((way) => {
    const { says, calls: taken } = asked[way];
    return wrapped(`  ${way}: `, `${says ?? "nothing"}; ${counted(taken, "call")}`, columns);
  });
  const letters = deadLetters > 0 ? [`  ${counted(deadLetters, "dead letter")} speak of it`] : [];
  return [title, ...told, `  and why: ${counted(calls, "call")} to tell this`, ...letters];
}

const why = ({ why: { sources, calls } }: Asking): string => `${whom(sources)}; ${counted(calls, "call")}`;

/** Seven logs are not worth seven names. */
function whom(sources: readonly string[]): string {
  if (sources.length === 0) return "nobody says it on";
  const logs = sources.filter((source) => source.startsWith("log of "));
  if (logs.length < 2) return sources.join(", ");
  const others = sources.filter((source) => !logs.includes(source));
  return [...others, `the logs of ${logs.length} functions`].join(", ");
}

function mistakes(wrong: readonly WrongAnswer[]): string[] {
  const lasting = wrong.filter(({ lastedMs }) => lastedMs > 0);
  const brief = wrong.length - lasting.length;
  return [
    ...lasting.map(
      ({ said, truth, lastedMs }) => `said ${said ?? "nothing"} for ${seconds(lastedMs)} while it was ${truth}`,
    ),
    ...(brief > 0 ? [`behind ${counted(brief, "time")} for less than a call takes`] : []),
  ];
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(3))} s`;

/** Breaks a text between words, below where it began. */
function wrapped(head: string, text: string, columns: number): string {
  const width = Math.max(20, columns - head.length);
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return head + lines.join(`\n${" ".repeat(head.length)}`);
}
