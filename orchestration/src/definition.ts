import { type Chain, Errors, Fail, type INextable, JsonPath, type TaskStateBase, type IChainable } from "aws-cdk-lib/aws-stepfunctions";
import type { StepName } from "@ovsc/shared";
import type { Construct } from "constructs";

/** The whole orchestration: the steps in order, and for each failure where the saga goes and what it will say it did. */
export function definition(scope: Construct, steps: Readonly<Record<StepName, TaskStateBase & INextable>>): Chain {
  const { CreateOrder, ReserveInventory, ChargePayment, ShipOrder, RefundPayment, ReleaseInventory, ParkOrder } = steps;
  const sagaFailed = new Fail(scope, "SagaFailed", { errorPath: "$error", causePath: "$cause" });

  const catches: readonly (readonly [step: TaskStateBase, errors: readonly string[], next: IChainable, cause: string])[] = [
    [CreateOrder, ["InvalidOrder", "OrderConflict"], sagaFailed, "Order refused"],
    [ReserveInventory, ["InventoryUnavailable"], sagaFailed, "Inventory unavailable"],
    [ChargePayment, ["PaymentDeclined"], ReleaseInventory, "Payment declined and inventory released"],
    [ShipOrder, ["ShippingFailed"], RefundPayment, "Shipping failed, payment refunded and inventory released"],

    // The order was taken over, by a person or by another execution: leave it alone.
    ...Object.values(steps).map((step) => [step, ["OrderOvertaken"], sagaFailed, "Order taken over"] as const),

    // A step that never answered may have happened, so its own undo comes first.
    [CreateOrder, [Errors.ALL], ReleaseInventory, "Order not created and inventory released"],
    [ReserveInventory, [Errors.ALL], ReleaseInventory, "Reservation failed and inventory released"],
    [ChargePayment, [Errors.ALL], RefundPayment, "Payment failed, payment refunded and inventory released"],
    [ShipOrder, [Errors.ALL], RefundPayment, "Shipping failed, payment refunded and inventory released"],

    // A compensation that never answered is for a person.
    [RefundPayment, [Errors.ALL], ParkOrder, "Payment not refunded, order needs attention"],
    [ReleaseInventory, [Errors.ALL], ParkOrder, "Inventory not released, order needs attention"],
  ];
  for (const [step, errors, next, cause] of catches) {
    // The order goes on as it was; what went wrong travels beside it, in variables.
    const assign = { error: JsonPath.stringAt("$.Error"), cause };
    step.addCatch(next, { errors: [...errors], resultPath: JsonPath.DISCARD, assign });
  }

  RefundPayment.next(ReleaseInventory).next(sagaFailed);
  ParkOrder.next(sagaFailed);
  return CreateOrder.next(ReserveInventory).next(ChargePayment).next(ShipOrder);
}
