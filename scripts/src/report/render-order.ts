import { endOf, type Evidence, sideEffects } from "@ovsc/shared";
import { type Ending, renderStory, type StoryLine } from "@ovsc/shared/variant";
import type { Finding } from "../judgement/judge.ts";
import { counted, money } from "./words.ts";

/** What is known of one order. */
export interface OrderReport {
  readonly evidence: Evidence;
  /** Of the order, ISO 4217. */
  readonly currency: string;
  readonly ending: Ending | undefined;
  readonly story: readonly StoryLine[];
  readonly findings: readonly Finding[];
}

/** One order as a person wants to read it: how it ended, how it got there, what it cost. */
export function renderOrder({ evidence, currency, ending, story, findings }: OrderReport): string {
  const { orderId, placementId, row, rejection } = evidence;
  const did = sideEffects(evidence);
  const lines: [title: string, text: string][] = [
    ["order", orderId],
    ["placement", placementId],
    ["status", endOf(evidence)],
    ...(rejection
      ? [["nothing", `was placed: ${rejection.error}: ${rejection.message}`] satisfies [string, string]]
      : []),
    ...(row?.reason ? [["parked", `${row.reason.error}: ${row.reason.message}`] satisfies [string, string]] : []),
    ["way", row?.statuses.join(" → ") ?? ""],
    ["money", `${money(did.chargedCents, currency)} charged, ${money(did.refundedCents, currency)} refunded`],
    ["goods", `${counted(did.unitsHeld, "unit")} taken from the shelf, ${counted(did.shipments, "shipment")}`],
    ...(ending ? endingLines(ending) : []),
    ["history", renderStory(story).join("\n")],
    ...findings.map(({ what, orderId: about = "" }): [string, string] => [
      "WRONG",
      about === orderId ? what : `${about} ${what}`.trim(),
    ]),
  ];
  return `${lines.map(([title, text]) => titled(title, text)).join("\n")}\n`;
}

function endingLines({ id, status, output, error, cause }: Ending): [string, string][] {
  return [
    ["execution", id],
    ["ended", status],
    ...(output === undefined ? [] : [["output", JSON.stringify(output, null, 2)] satisfies [string, string]]),
    ...(cause === undefined ? [] : [["cause", `${error}: ${cause}`] satisfies [string, string]]),
  ];
}

const titled = (title: string, text: string): string => title.padEnd(11) + text.replaceAll("\n", `\n${" ".repeat(11)}`);
