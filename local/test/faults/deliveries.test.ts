import { expect, test } from "vitest";
import type { DeliveryAttempt, DeliveryFault } from "../../src/faults/faults.ts";
import { functionArn, queueArn, smallCloud, startMs } from "../events/small-cloud.ts";

/** A rule for all orders, whose deliveries are struck. */
function struck(onDelivery: (delivery: DeliveryAttempt) => DeliveryFault | undefined) {
  const cloud = smallCloud({ faults: { onDelivery } });
  cloud.queue("parked");
  const rule = cloud.rule({ source: ["orders"] }, { DeadLetterConfig: { Arn: queueArn("parked") } });
  const fired = () => cloud.happenings.filter(({ type }) => type === "Fault");
  return { ...cloud, rule, fired };
}

test("a target that fails is tried again, with what a plan may decide by", async () => {
  const deliveries: DeliveryAttempt[] = [];
  const { put, clock, functions, rule, fired } = struck((each) => (deliveries.push(each) <= 2 ? "fail" : undefined));
  put({ orderId: "o-1" });
  await clock.run();
  expect(functions.invocations.map(({ atMs }) => atMs)).toEqual([3_000]);
  expect(fired()).toMatchObject([{ fault: "fail", where: `delivery of ${rule}`, correlationId: "o-1" }, {}]);
  expect(deliveries.map(({ attempt, atMs }) => [attempt, atMs - startMs])).toEqual([
    [1, 0],
    [2, 1_000],
    [3, 3_000],
  ]);
  expect(deliveries[0]).toMatchObject({
    rule,
    target: functionArn,
    detailType: "OrderCreated",
    correlationId: "o-1",
    isDuplicate: false,
  });
});

test("a target that fails for ever gets the event into the dead-letter queue", async () => {
  const { put, clock, functions, receive } = struck(() => "fail");
  put({ orderId: "o-1" });
  await clock.run();
  expect(functions.invocations).toEqual([]);
  expect(receive("parked")).toMatchObject([
    { MessageAttributes: { ERROR_CODE: { StringValue: "ERROR_FROM_TARGET" } } },
  ]);
});

test("a duplicate comes once more, and no more often", async () => {
  const { put, clock, functions, fired } = struck(() => "duplicate");
  put({ orderId: "o-1" });
  await clock.run();
  expect(functions.invocations).toHaveLength(2);
  expect(fired()).toHaveLength(1);
});

test("a delivery that is held back is overtaken by the next event", async () => {
  const { put, clock, functions, fired } = struck(({ correlationId }) =>
    correlationId === "first" ? { delayMs: 5_000 } : undefined,
  );
  put({ orderId: "first" });
  put({ orderId: "second" });
  await clock.run();
  const orders = functions.invocations.map(({ payload, atMs }) => [
    (payload as { detail: { orderId: string } }).detail.orderId,
    atMs,
  ]);
  expect(orders).toEqual([
    ["second", 0],
    ["first", 5_000],
  ]);
  expect(fired()).toMatchObject([{ fault: "delayMs 5000" }]);
});
