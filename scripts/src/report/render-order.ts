import { type Evidence, sideEffects } from "@ovsc/shared";
import type { Ending } from "@ovsc/shared/variant";
import type { Finding } from "../judgement/judge.ts";

/** What is known of one order. */
export interface OrderReport {
  readonly evidence: Evidence;
  readonly ending: Ending | undefined;
  /** Its way, a line each. */
  readonly story: readonly string[];
  readonly findings: readonly Finding[];
}

/** One order as a person wants to read it: how it ended, how it got there, what it cost. */
export function renderOrder({ evidence, ending, story, findings }: OrderReport): string {
  const { orderId, row } = evidence;
  const did = sideEffects(evidence);
  const lines: [title: string, text: string][] = [
    ["order", orderId],
    ["status", row?.status ?? "never created"],
    ["way", row?.statuses.join(" → ") ?? ""],
    ["money", `${did.chargedCents} cents charged, ${did.refundedCents} refunded`],
    ["goods", `${did.unitsHeld} units out of stock, ${did.shipments} shipments`],
    ...(ending ? endingLines(ending) : []),
    ["history", story.join("\n")],
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
