import type { StepLog } from "@ovsc/shared/variant";
import type { Finding } from "../judgement/judge.ts";
import type { Runner } from "./runner.ts";

/** Orders of one batch whose logs are read; a batch in which more are wrong is wrong for one reason. */
const mostOrders = 10;

/** The findings of the latest batch, each with what happened to its order in every variant. */
export async function explained(
  findings: readonly Finding[],
  runners: Readonly<Record<string, Runner>>,
): Promise<Finding[]> {
  const orderIds = [...new Set(findings.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId])))];
  const stories = new Map<string, Record<string, string>>();
  for (const orderId of orderIds.slice(0, mostOrders)) {
    const happened: Record<string, string> = {};
    for (const [variant, runner] of Object.entries(runners))
      happened[variant] = whatHappened(await runner.logs(orderId));
    stories.set(orderId, happened);
  }
  return findings.map((finding) => {
    const happened = finding.orderId === undefined ? undefined : stories.get(finding.orderId);
    return happened ? { ...finding, happened } : finding;
  });
}

/** Which step failed first, with its error, and what was heard last; a refusal is a failure of its step. */
export function whatHappened(logs: readonly StepLog[]): string {
  const last = logs.at(-1);
  if (!last) return "no step wrote to its log";
  const failed = logs.find(({ error, refusal }) => error !== undefined || refusal !== undefined);
  const first = failed ? `${said(failed)} was the first failure` : "no step failed";
  return last === failed
    ? `${said(failed)} was the first failure, and the last thing heard`
    : `${first}; last, ${said(last)}`;
}

/** A line of a step's log in words: "ChargePayment: PaymentDeclined (the card was declined)". */
function said({ step, message, error, refusal, reason }: StepLog): string {
  const why = refusal ?? reason;
  return `${step}: ${error ?? message}${why ? ` (${why})` : ""}`;
}
