import {
  InventoryUnavailable,
  OrderOvertaken,
  PaymentDeclined,
  ShippingFailed,
  type StepName,
  steps,
} from "@ovsc/shared";
import {
  type Chain,
  Choice,
  Condition,
  Errors,
  Fail,
  type IChainable,
  type INextable,
  JsonPath,
  type TaskStateBase,
} from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { endsOf } from "./ends.ts";

/**
 * The whole orchestration: the steps in order, and for each failure where the saga goes and what it says in the end.
 */
export function definition(scope: Construct, tasks: Readonly<Record<StepName, TaskStateBase & INextable>>): Chain {
  const { CreateOrder, ReserveInventory, ChargePayment, ShipOrder, RefundPayment, ReleaseInventory, ParkOrder } = tasks;
  const ends = (error: keyof typeof endsOf, cause: string) => new Fail(scope, error, { error, cause });
  const orderRefused = ends("OrderRefused", "Order refused");
  const orderTakenOver = ends("OrderTakenOver", "Order taken over by a person or by another execution");
  const inventoryUnavailable = ends("InventoryUnavailable", "Inventory unavailable");
  const paymentDeclined = ends("PaymentDeclined", "Payment declined and inventory released");
  const shippingFailed = ends("ShippingFailed", "Shipping failed, payment refunded and inventory released");
  const paymentFailed = ends("PaymentFailed", "Payment failed, payment refunded and inventory released");
  const reservationFailed = ends("ReservationFailed", "Reservation failed and inventory released");
  const needsAttention = ends("NeedsAttention", "Compensation failed, order needs attention");

  const catches: readonly (readonly [step: TaskStateBase, errors: readonly string[], next: IChainable])[] = [
    [CreateOrder, steps.CreateOrder.rejects.map(({ name }) => name), orderRefused],
    [ReserveInventory, [InventoryUnavailable.name], inventoryUnavailable],
    [ChargePayment, [PaymentDeclined.name], ReleaseInventory],
    [ShipOrder, [ShippingFailed.name], RefundPayment],

    // Whoever moved the order on is in charge of it now.
    ...Object.values(tasks).map((task) => [task, [OrderOvertaken.name], orderTakenOver] as const),

    // A step that never answered may have happened, and may happen yet: the whole undo.
    [CreateOrder, [Errors.ALL], RefundPayment],
    [ReserveInventory, [Errors.ALL], RefundPayment],
    [ChargePayment, [Errors.ALL], RefundPayment],
    [ShipOrder, [Errors.ALL], RefundPayment],

    // A compensation that never answered is for a person.
    [RefundPayment, [Errors.ALL], ParkOrder],
    [ReleaseInventory, [Errors.ALL], ParkOrder],
    [ParkOrder, [Errors.ALL], needsAttention],
  ];
  for (const [task, errors, next] of catches) {
    // The order goes on as it was, and the failure beside it. A Fail state reads no failure, and could not be given one
    // where the execution's input is no object.
    task.addCatch(next, { errors: [...errors], resultPath: next instanceof Fail ? JsonPath.DISCARD : "$.failure" });
  }

  const whatFailed = new Choice(scope, "WhatFailed")
    .when(Condition.isPresent("$.chargeId"), shippingFailed)
    .when(Condition.stringEquals("$.failure.Error", PaymentDeclined.name), paymentDeclined)
    .when(Condition.isPresent("$.reservationId"), paymentFailed)
    .otherwise(reservationFailed);
  RefundPayment.next(ReleaseInventory).next(whatFailed);
  ParkOrder.next(needsAttention);
  return CreateOrder.next(ReserveInventory).next(ChargePayment).next(ShipOrder);
}
