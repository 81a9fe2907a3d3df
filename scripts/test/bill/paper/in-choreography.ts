import { add, type Count, id, logLine, msOf, nothing } from "./count.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, move, noteSaid, noteSaidTooLate, type Take, tell } from "./takes.ts";
import type { Try, Why } from "./tries.ts";

const source = "ovsc.order-saga";
const functionIds: Readonly<Record<string, string>> = {
  CreateOrder: "36EE4075",
  ReserveInventory: "FC0A115A",
  ChargePayment: "8BF8BD14",
  ShipOrder: "78AF8EC3",
  RefundPayment: "5A9CDB81",
  ReleaseInventory: "4F2EE1C2",
};

/**
 * Each step is woken by an event and says the next: a client's document and OrderPlaced, then a run of a function for
 * each try, its log, and the event it says. A step that fails on its last try is told of by a record on the bus.
 */
export function inChoreography(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const { orderId, placementId, visits, isSecond } of placings) {
    const ids = `"orderId":"${orderId}","placementId":"${placementId}"`;
    count.placings += 1;
    add(count, [isSecond ? documentAgain : document]);
    // `heard` is what woke the step: what its log tells, and what a record of its failure holds.
    let heard = { event: "OrderPlaced", detail: `{"version":2,"causationId":"client",${ids}}` };
    says(count, heard);
    for (const tries of visits) {
      for (const each of tries) {
        const about = { step: each.step, correlationId: orderId, placementId, causationId: id };
        count.functionLogBytes += logLine("INFO", { message: "step started", ...about, event: heard.event });
        count.functionLogBytes += lastLine(each, about);
        count.functionMs.push(msOf(add(count, [...each.takes, ...saying(each)])));
      }
      const last = tries.at(-1)!;
      if (last.failure) {
        fails(count, last.step, last.failure, heard);
        continue;
      }
      if (last.rejection) {
        const why = `"error":"${last.rejection.error}","reason":"${last.rejection.message}"`;
        says(count, {
          event: "OrderRejected",
          detail: `{"version":2,"causationId":"${id}","placementId":"${placementId}",${why}}`,
        });
        continue;
      }
      heard = { event: last.reaches!.event, detail: `{"version":2,"causationId":"${id}",${ids}${grown(last)}}` };
      says(count, heard);
    }
  }
  return count;
}

/** What a step takes to say what it reached. What is settled moves here: it stays in the index until it is said. */
export function saying({ reaches, rejection, isSecond }: Try): Take[] {
  if (rejection) return [tell];
  if (!reaches) return [];
  if (!reaches.isSettled) return [tell];
  return isSecond ? [tell, noteSaidTooLate] : [move, tell, noteSaid];
}

function lastLine({ reaches, refusal, failure, rejection, reason }: Try, about: object): number {
  if (failure) {
    return logLine("ERROR", { message: "step failed", ...about, error: failure.error, reason: failure.message });
  }
  if (rejection) return logLine("WARN", { message: "OrderRejected", ...about, refusal: rejection.message });
  return logLine("INFO", {
    message: reaches!.event,
    ...about,
    ...(refusal && { refusal: refusal.message }),
    ...(reason && { reason: reason.message }),
  });
}

/** What grew, or why nothing did. */
export function grown({ adds, refusal, reason }: Try): string {
  const why = refusal ?? reason;
  if (why) return `,"error":"${why.error}","reason":"${why.message}"`;
  return adds ? `,${adds}` : "";
}

interface Said {
  readonly event: string;
  readonly detail: string;
}

/** An entry is as long as its source, its detail-type and its detail. The archive takes what has the saga's source. */
export function says(count: Count, { event, detail }: Said): void {
  const bytes = source.length + event.length + detail.length;
  count.events.push(bytes);
  count.archived.push(bytes);
}

/** Lambda's record of an invocation that failed on its last try. The lines of a stack trace are left out. */
function fails(count: Count, step: string, { error, message }: Why, heard: Said): void {
  const name = `ovsc-choreography-Steps${step}${functionIds[step]}`;
  const arn = `arn:aws:lambda:eu-west-2:000000000000:function:${name}:$LATEST`;
  const time = "2026-01-01T00:00:00";
  const event =
    `{"version":"0","id":"${id}","detail-type":"${heard.event}","source":"${source}","account":"000000000000",` +
    `"time":"${time}Z","region":"eu-west-2","resources":[],"detail":${heard.detail}}`;
  const detail =
    `{"version":"1.0","timestamp":"${time}.000Z","requestContext":{"requestId":"${id}","functionArn":"${arn}",` +
    `"condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":${event},` +
    `"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},` +
    `"responsePayload":{"errorType":"${error}","errorMessage":"${message}","trace":["${error}: ${message}"]}}`;
  count.events.push("lambda".length + "Lambda Function Invocation Result - Failure".length + detail.length);
}
