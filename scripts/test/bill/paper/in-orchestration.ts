import { add, type Count, id, logLine, msOf, nothing } from "./count.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, settle } from "./takes.ts";
import type { Try, Why } from "./tries.ts";

const functionName = "arn:aws:lambda:eu-west-2:000000000000:function:ovsc-orchestration-Steps";

/** What a Fail state says, by the milestone or the failure that leads there. */
const ends = {
  out: { error: "InventoryUnavailable", message: "Inventory unavailable" },
  refused: { error: "OrderRefused", message: "Order refused" },
  declined: { error: "PaymentDeclined", message: "Payment declined and inventory released" },
  shipping: { error: "ShippingFailed", message: "Shipping failed, payment refunded and inventory released" },
  payment: { error: "PaymentFailed", message: "Payment failed, payment refunded and inventory released" },
  reservation: { error: "ReservationFailed", message: "Reservation failed and inventory released" },
};
const needsAttention = { error: "NeedsAttention", message: "Compensation failed, order needs attention" };
/** WhatFailed chooses by the furthest status of the way there. */
const endAfter: Readonly<Record<string, Why>> = {
  PENDING: ends.reservation,
  RESERVED: ends.payment,
  PAYMENT_DECLINED: ends.declined,
  CHARGED: ends.shipping,
  SHIPPING_FAILED: ends.shipping,
};

/** Each placing is an execution: a Task state for each step it visits, a run of a function for each try. */
export function inOrchestration(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const { orderId, placementId, visits, isSecond } of placings) {
    count.placings += 1;
    add(count, [isSecond ? documentAgain : document]);
    // An execution of that name and input runs already: it is the same.
    if (isSecond) continue;
    const history = new History(count);
    const ids = `"orderId":"${orderId}","placementId":"${placementId}"`;
    // What the last answer said, and the failure that was noted since.
    let answer = `{${ids}}`;
    let data = answer;
    let reached = "PENDING";
    history.has(data);
    for (const tries of visits) {
      count.transitions += tries.length;
      history.has(data);
      for (const each of tries) {
        const about = { step: each.step, correlationId: orderId, placementId, causationId: placementId };
        count.functionLogBytes += linesOf(each, about);
        count.functionMs.push(msOf(add(count, [...each.takes, ...(each.reaches?.isSettled ? [settle] : [])])));
        history.calls(each, data);
        const thrown = thrownBy(each);
        if (thrown) history.has(thrown.error + causeOf(thrown));
        else history.has(answered(payloadAfter(each, ids, reachedBy(each, reached))));
      }
      const last = tries.at(-1)!;
      const thrown = thrownBy(last);
      reached = reachedBy(last, reached);
      // Nobody catches what parking throws: the execution fails with all that the function said.
      if (last.reason) fails(history, { error: thrown!.error, message: causeOf(thrown!) });
      if (last.reason) break;
      if (!thrown) data = answer = payloadAfter(last, ids, reached);
      // A Catch that leads on notes the failure; one that leads to a Fail state leaves the data as they were.
      else if (!last.rejection && !last.reaches?.isSettled) data = `${answer.slice(0, -1)},"failure":${noted(thrown)}}`;
      history.has(data);
      if (last.rejection) ended(history, data, ends.refused);
      else if (last.reaches?.event === "InventoryFailed") ended(history, data, ends.out);
      else if (last.reaches?.event === "OrderShipped") history.has(data);
      else if (last.reaches?.event === "InventoryReleased") {
        // WhatFailed is entered and left.
        count.transitions += 1;
        history.has(data);
        history.has(data);
        ended(history, data, endAfter[reached]!);
      }
    }
  }
  return count;
}

/** A Fail state is entered, and the execution fails. */
function ended(history: History, data: string, end: Why): void {
  history.count.transitions += 1;
  history.has(data);
  fails(history, end);
}

const fails = (history: History, { error, message }: Why): void => history.has(error + message);

/** What a try throws for a Catch to match: a refusal is no answer. */
const thrownBy = ({ refusal, failure, rejection, reason }: Try): Why | undefined =>
  refusal ?? failure ?? rejection ?? (reason && needsAttention);

/** The furthest status of the way there. */
const reachedBy = ({ reaches }: Try, before: string): string =>
  reaches && !["PAYMENT_REFUNDED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"].includes(reaches.status)
    ? reaches.status
    : before;

const payloadAfter = ({ reaches }: Try, ids: string, reached: string): string =>
  `{${ids},"status":"${reaches!.status}","reached":"${reached}"}`;

/** What a Catch notes. */
const noted = (thrown: Why): string => `{"Error":"${thrown.error}","Cause":${JSON.stringify(causeOf(thrown))}}`;

/** The lines of a stack trace are left out. */
const causeOf = ({ error, message }: Why): string =>
  `{"errorType":"${error}","errorMessage":"${message}","trace":["${error}: ${message}"]}`;

function linesOf(each: Try, about: object): number {
  const started = logLine("INFO", { message: "step started", ...about });
  const thrown = thrownBy(each);
  const failed = thrown ? { message: "step failed", ...about, error: thrown.error, reason: thrown.message } : undefined;
  const reached = each.reaches && {
    message: each.reaches.event,
    ...about,
    ...(each.refusal && { refusal: each.refusal.message }),
    ...(each.reason && { reason: each.reason.message }),
  };
  return started + (reached ? logLine("INFO", reached) : 0) + (failed ? logLine("WARN", failed) : 0);
}

/** An execution's history: how many events, and the bytes of what they hold. */
class History {
  readonly count: Count;
  constructor(count: Count) {
    this.count = count;
  }

  has(data: string): void {
    this.count.historyEvents += 1;
    this.count.historyBytes += data.length;
  }

  /** TaskScheduled has the function and its payload, TaskStarted nothing. */
  calls({ step }: Try, data: string): void {
    this.has(`{"FunctionName":"${functionName}${step}01234567","Payload":${data}}`);
    this.has("");
  }
}

/** A header as a list of values, and as one. */
const header = (name: string, value: string) => [`"${name}":["${value}"]`, `"${name}":"${value}"`] as const;

/** The result of the lambda:invoke integration, as Step Functions' documentation shows it. */
function answered(payload: string): string {
  const length = payload.length;
  const headers = [
    header("x-amzn-RequestId", id),
    header("X-Amz-Executed-Version", "$LATEST"),
    header("x-amzn-Remapped-Content-Length", "0"),
    header("Connection", "keep-alive"),
    header("Content-Length", String(length)),
    header("X-Amzn-Trace-Id", `root=${id}`),
    header("Content-Type", "application/json"),
    header("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
  ];
  return (
    `{"ExecutedVersion":"$LATEST","Payload":${payload},"SdkHttpMetadata":{"AllHttpHeaders":{` +
    `${headers.map(([list]) => list).join()}},"HttpHeaders":{${headers.map(([, one]) => one).join()}},` +
    `"HttpStatusCode":200},"SdkResponseMetadata":{"RequestId":"${id}"},"StatusCode":200}`
  );
}
