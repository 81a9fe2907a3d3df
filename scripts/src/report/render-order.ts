import { type Evidence, sideEffects } from "@ovsc/shared";
import type { Ending } from "../clouds/execution.ts";
import type { StepLog } from "../clouds/step-log.ts";

/** One order as a person wants to read it: how it ended, how it got there, what it cost. */
export function renderOrder(
  order: Evidence,
  logs: readonly StepLog[],
  ending: Ending | undefined,
  wrong: readonly string[],
): string {
  const { row } = order;
  const did = sideEffects(order);
  const lines: [title: string, text: string][] = [
    ["order", order.orderId],
    ["status", row?.status ?? "never created"],
    ["way", row?.statuses.join(" → ") ?? ""],
    ["money", `${did.chargedCents} cents charged, ${did.refundedCents} refunded`],
    ["goods", `${did.unitsHeld} units out of stock, ${did.shipments} shipments`],
    ...(ending ? executionLines(ending) : []),
    ["history", (ending ? ending.path : logs.flatMap(logLine)).join("\n")],
    ...wrong.map((what): [string, string] => ["WRONG", what]),
  ];
  return `${lines.map(([title, text]) => titled(title, text)).join("\n")}\n`;
}

function executionLines({ arn, status, output, error, cause }: Ending): [string, string][] {
  return [
    ["execution", arn],
    ["ended", status],
    ...(output === undefined ? [] : [["output", JSON.stringify(output, null, 2)] satisfies [string, string]]),
    ...(cause === undefined ? [] : [["cause", `${error}: ${cause}`] satisfies [string, string]]),
  ];
}

/** What a step was woken by, and what it said. */
function logLine({ message, step, event, refusal, error, reason }: StepLog): string[] {
  if (message === "step started") return [`${event} wakes ${step}`];
  const why = refusal ?? reason;
  return [`  ${error ? `failed: ${error}` : message}${why ? ` (${why})` : ""}`];
}

const titled = (title: string, text: string): string => title.padEnd(11) + text.replaceAll("\n", `\n${" ".repeat(11)}`);
