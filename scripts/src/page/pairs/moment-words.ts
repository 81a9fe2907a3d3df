import type { RowChange } from "../../runs/log/row-change.ts";
import { type Moment, type Story, waitedMs } from "../../story/story.ts";

/** A change of the table in a few words. */
export function changeText(change: RowChange): string {
  switch (change.type) {
    case "StatusChanged":
      return change.status;
    case "PlacementChanged":
      return `document ${change.state}`;
    case "LedgerChanged":
      return `${change.ledger.toLowerCase()} ${change.state}`;
    case "StockChanged":
      return `${change.available} left`;
  }
}

/** Seconds of virtual time, as a person says them. */
export const secondsText = (ms: number): string => `${ms / 1000} s`;

/** What stands beside a moment in the picture; nothing for what the arrow says already. */
export function label(story: Story, moment: Moment): string {
  const { kind, text, attempt = 1, error, changes, isDuplicate, step } = moment;
  if (changes.length > 0) return changes.map(changeText).join(", ");
  const waited = waitedMs(story, moment);
  const words = [
    ...(kind === "published" || kind === "queued" || kind === "struck" ? [text] : []),
    ...(kind === "moved" && text !== step ? [text] : []),
    ...(kind === "started" && attempt > 1 ? [`try ${attempt}`] : []),
    ...(waited > 0 ? [`after ${secondsText(waited)}`] : []),
    ...(isDuplicate ? ["again"] : []),
    ...(error !== undefined && error !== text ? [error.replace(/Exception$/, "")] : []),
  ];
  return words.join(", ");
}

/** What happened, as a row of the table that goes with the picture. */
export function sentence({ lanes }: Story, { kind, text, arrow, attempt = 1, error, isDuplicate }: Moment): string {
  const from = arrow && lanes.find(({ id }) => id === arrow.from)!.name;
  const words = [
    `${kind} ${text}`,
    ...(from ? [`from ${from}`] : []),
    ...(attempt > 1 ? [`try ${attempt}`] : []),
    ...(arrow?.lost ? [`${arrow.lost} lost`] : []),
    ...(isDuplicate ? ["a duplicate"] : []),
    ...(error ? [error] : []),
  ];
  return words.join(", ");
}
