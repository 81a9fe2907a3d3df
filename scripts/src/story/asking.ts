import { stepNames } from "@ovsc/shared";
import type { LaneKind, Story } from "./story.ts";
import type { Way } from "./whereabouts.ts";

/** Whom to ask, and in how many calls. */
export interface Asked {
  readonly sources: readonly string[];
  readonly calls: number;
}

/** What it takes to know where an order is, each way, and to know why: to tell its story anew. */
export interface Asking {
  readonly where: Readonly<Record<Way, Asked>>;
  readonly why: Asked;
}

/**
 * An archive cannot be read, and nobody knows which step spoke last: what was published stands in the log of each
 * step's function. An execution has it all in one history, whose pages hold 1,000 events.
 */
export function askingAfter(story: Story): Asking {
  const has = (kind: LaneKind) => story.lanes.some((lane) => lane.kind === kind);
  const logs = stepNames.map((step) => `log of ${step}`);
  const messages = has("state machine") ? ["execution history"] : has("event bus") ? logs : [];
  const records = messages.length > 0 ? messages : functionLogs(story);
  const deadLetters = has("event bus") ? ["dead-letter queue"] : [];
  return {
    where: {
      "front controller": each(["order table"]),
      stateless: each(["inventory", "payment gateway", "carrier"]),
      "stamp coupling": each(messages),
    },
    why: each(["order table", ...records, ...deadLetters]),
  };
}

const each = (sources: readonly string[]): Asked => ({ sources, calls: sources.length });

const functionLogs = ({ lanes }: Story): string[] =>
  lanes.flatMap(({ kind, name }) => (kind === "function" ? [`log of ${name}`] : []));
