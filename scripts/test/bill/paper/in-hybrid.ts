import { add, type Count, id, logLine, msOf, nothing } from "./count.ts";
import { executes, type Shell } from "./execution.ts";
import { answered, History } from "./history.ts";
import { grown, says, saying } from "./in-choreography.ts";
import type { Placing } from "./placings.ts";
import { document, documentAgain, keep, look } from "./takes.ts";
import type { Try } from "./tries.ts";

const functions = "arn:aws:lambda:eu-west-2:000000000000:function:ovsc-hybrid-";
const shell: Shell = {
  functionArn: `${functions}Steps`,
  tableName: "ovsc-hybrid-Orders01234567",
  // A rejection is no fact.
  saying: (each) => (each.rejection ? [] : saying(each)),
};

/** Each placing is an execution whose steps say what they reached, and listeners hear it. */
export function inHybrid(placings: readonly Placing[]): Count {
  const count = nothing();
  for (const placing of placings) {
    count.placings += 1;
    add(count, [placing.isSecond ? documentAgain : document]);
    // An execution of that name and input runs already: it is the same.
    if (placing.isSecond) continue;
    executes(count, placing, {
      ...shell,
      heard(each) {
        const { event } = each.reaches!;
        says(count, { event, detail: factOf(each, placing) });
        // No archive keeps them.
        count.archived.length = 0;
        hears(count, "Analytics", placing, { event, causationId: id, takes: [keep] });
        if (event === "OrderShipped") hears(count, "Loyalty", placing, { event, causationId: id, takes: [look, keep] });
        if (toldOf.includes(event)) notifies(count, event, placing);
      },
    });
  }
  return count;
}

const factOf = (each: Try, { orderId, placementId }: Placing): string =>
  `{"version":2,"causationId":"${placementId}","orderId":"${orderId}","placementId":"${placementId}"${grown(each)}}`;

interface Heard {
  readonly event: string;
  readonly causationId: string;
  readonly takes: Parameters<typeof add>[1];
}

/** A run of a listener's function, and its two lines. */
function hears(
  count: Count,
  step: string,
  { orderId: correlationId, placementId }: Placing,
  { event, causationId, takes }: Heard,
): void {
  const about = { step, correlationId, placementId, causationId };
  count.functionMs.push(msOf(add(count, takes)));
  count.functionLogBytes += logLine("INFO", { message: "step started", ...about, event });
  count.functionLogBytes += logLine("INFO", { message: "heard", ...about });
}

/** Whom the notification tells, and of what. */
const channels = ["email", "sms", "push"];
const toldOf = ["OrderShipped", "InventoryFailed", "InventoryReleased", "OrderParked"];

/**
 * An execution of the notification's state machine: a Pass state lists the channels, a Parallel state tells the
 * customer in a Map state, one channel an iteration, and the shop beside it.
 */
function notifies(count: Count, event: string, placing: Placing): void {
  const { orderId, placementId } = placing;
  const history = new History(count);
  const fact = `"event":"${event}","orderId":"${orderId}","placementId":"${placementId}"`;
  const listed = `{${fact},"channels":${JSON.stringify(channels)}}`;
  const causationId = `arn:aws:states:eu-west-2:000000000000:execution:ovsc-hybrid-NotificationFanOut01234567:${id}`;
  const tells = (channel: string, data: string) => {
    count.transitions += 1;
    history.has(data);
    const payload = `{${fact},"causationId":"${causationId}","channel":"${channel}"}`;
    history.invokes(`${functions}NotificationDeliver01234567`, payload);
    hears(count, "Notification", placing, { event, causationId, takes: [look, keep] });
    // Its function answers nothing, and the state leaves its data as they were.
    history.has(answered("null"));
    history.has(data);
  };
  // The states that are entered beside those that tell: Pass, Parallel, Map.
  count.transitions += 3;
  // ExecutionStarted and PassStateEntered; PassStateExited and ParallelStateEntered; ParallelStateStarted.
  for (const data of [`{${fact}}`, `{${fact}}`, listed, listed, ""]) history.has(data);
  // MapStateEntered and MapStateStarted.
  for (const data of [listed, ""]) history.has(data);
  for (const channel of channels) {
    // MapIterationStarted, and MapIterationSucceeded.
    history.has("");
    tells(channel, `{${fact},"channel":"${channel}"}`);
    history.has("");
  }
  // MapStateSucceeded and MapStateExited.
  for (const data of ["", listed]) history.has(data);
  tells("shop", listed);
  // ParallelStateSucceeded and ParallelStateExited; ExecutionSucceeded.
  for (const data of ["", listed, listed]) history.has(data);
}
