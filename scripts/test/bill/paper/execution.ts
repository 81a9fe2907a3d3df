import { add, type Count, msOf } from "./count.ts";
import { answered, found, History } from "./history.ts";
import type { Placing } from "./placings.ts";
import { look, type Take } from "./takes.ts";
import { causeOf, endAfter, ends, linesOf, reachedBy, thrownBy } from "./task.ts";
import type { Try, Why } from "./tries.ts";

/** What differs between those that run the orchestration's definition. */
export interface Shell {
  /** ARN of the function of a step, up to the step's name. */
  readonly functionArn: string;
  readonly tableName: string;
  /** What a step takes to say what it reached, and to settle it. */
  readonly saying: (each: Try) => readonly Take[];
  /** Told what a step has reached. */
  readonly heard?: (each: Try) => void;
}

/** An execution is a Task state for each step it visits, and a run of a function for each try. */
export function executes(count: Count, { orderId, placementId, visits, timesOut }: Placing, shell: Shell): void {
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
      count.functionMs.push(msOf(add(count, [...each.takes, ...shell.saying(each)])));
      history.invokes(`${shell.functionArn}${each.step}01234567`, data);
      const thrown = thrownBy(each);
      if (thrown) history.has(thrown.error + causeOf(thrown));
      else history.has(answered(payloadAfter(each, ids, reachedBy(each, reached))));
      if (each.reaches) shell.heard?.(each);
    }
    const last = tries.at(-1)!;
    if (timesOut && tries === visits.at(-1)) break;
    const thrown = thrownBy(last);
    reached = reachedBy(last, reached);
    // Nobody catches what parking throws: the execution fails with all that the function said.
    if (last.reason) fails(history, { error: thrown!.error, message: causeOf(thrown!) });
    if (last.reason) return;
    if (!thrown) data = answer = payloadAfter(last, ids, reached);
    // A Catch that leads on notes the failure; one that leads to a Fail state leaves the data as they were.
    else if (!last.rejection && !last.reaches?.isSettled) data = `${answer.slice(0, -1)},"failure":${noted(thrown)}}`;
    history.has(data);
    if (last.overtakenAt !== undefined) {
      // WhereIsIt keeps the row beside the rest, and WayOn chooses by its status.
      const row = findsRow(history, orderId, { data, status: last.overtakenAt, tableName: shell.tableName });
      answer = `{${ids},"row":${row}}`;
      data = `${data.slice(0, -1)},"row":${row}}`;
      count.transitions += 1;
      for (let event = 0; event < 3; event += 1) history.has(data);
    } else if (last.rejection) ended(history, data, ends.refused);
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
  if (timesOut) history.has("States.Timeout");
}

/** WhereIsIt is a Task state that reads the row itself. It is entered, scheduled, started, and has an answer. */
function findsRow(
  history: History,
  orderId: string,
  { data, status, tableName }: { readonly data: string; readonly status: string; readonly tableName: string },
): string {
  history.count.transitions += 1;
  add(history.count, [look]);
  history.has(data);
  history.has(
    `{"Key":{"pk":{"S":"ORDER#${orderId}"},"sk":{"S":"ORDER"}},"TableName":"${tableName}","ConsistentRead":true,` +
      `"ExpressionAttributeNames":{"#status":"status"},"ProjectionExpression":"#status"}`,
  );
  history.has("");
  const row = found(`{"Item":{"status":{"S":"${status}"}}}`);
  history.has(row);
  return row;
}

/** A Fail state is entered, and the execution fails. */
function ended(history: History, data: string, end: Why): void {
  history.count.transitions += 1;
  history.has(data);
  fails(history, end);
}

const fails = (history: History, { error, message }: Why): void => history.has(error + message);

const payloadAfter = ({ reaches }: Try, ids: string, reached: string): string =>
  `{${ids},"status":"${reaches!.status}","reached":"${reached}"}`;

/** What a Catch notes. */
const noted = (thrown: Why): string => `{"Error":"${thrown.error}","Cause":${JSON.stringify(causeOf(thrown))}}`;
