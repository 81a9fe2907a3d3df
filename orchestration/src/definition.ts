import {
  ApprovalDenied,
  ApprovalPending,
  InventoryUnavailable,
  OrderConflict,
  OrderOvertaken,
  type OrderStatus,
  orderStatuses,
  PaymentDeclined,
  ShippingFailed,
  statusesOfApproval,
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
import { stepAt } from "./step-at.ts";

type Task = TaskStateBase & INextable;

/** The tasks that run no step. */
interface OtherTasks {
  /** Reads the order's row into `$.row`. */
  readonly whereIsIt: Task;
  /** Waits until it is time to look whether the order was approved; absent where a stack has no limit. */
  readonly awaitApproval?: Task | undefined;
}

/** The whole orchestration: the steps in order, and for each failure where the saga goes and what it says then. */
export function definition(
  scope: Construct,
  tasks: Readonly<Record<StepName, Task>>,
  { whereIsIt, awaitApproval }: OtherTasks,
): Chain {
  const { CreateOrder, ReserveInventory, ChargePayment, ShipOrder, RefundPayment, ReleaseInventory, ParkOrder } = tasks;
  const ends = (error: keyof typeof endsOf, cause: string) => new Fail(scope, error, { error, cause });
  const orderRefused = ends("OrderRefused", "Order refused");
  const inventoryUnavailable = ends("InventoryUnavailable", "Inventory unavailable");
  const paymentDeclined = ends("PaymentDeclined", "Payment declined and inventory released");
  const shippingFailed = ends("ShippingFailed", "Shipping failed, payment refunded and inventory released");
  const paymentFailed = ends("PaymentFailed", "Payment failed, payment refunded and inventory released");
  const reservationFailed = ends("ReservationFailed", "Reservation failed and inventory released");

  const catches: readonly (readonly [step: TaskStateBase, errors: readonly string[], next: IChainable])[] = [
    [ReserveInventory, [InventoryUnavailable.name], inventoryUnavailable],
    [ChargePayment, [PaymentDeclined.name], ReleaseInventory],
    [ShipOrder, [ShippingFailed.name], RefundPayment],

    // The row is another placement's, or there will be none: nothing is ours to undo.
    ...Object.entries(tasks).map(([name, task]) => [task, rejectionsOf(name as StepName), orderRefused] as const),

    // Somebody moved the order on: so does this execution, from wherever the row is.
    ...Object.values(tasks).map((task) => [task, [OrderOvertaken.name], whereIsIt] as const),

    // A person is asked. Whatever ends the waiting says only that it is time to look: a token, or the deadline.
    ...(awaitApproval
      ? ([
          [ChargePayment, [ApprovalPending.name], awaitApproval],
          [awaitApproval, [Errors.ALL], ChargePayment],
          [ChargePayment, [ApprovalDenied.name], ReleaseInventory],
        ] as const)
      : []),

    // A step that never answered may have happened, and may happen yet: the whole undo.
    [CreateOrder, [Errors.ALL], RefundPayment],
    [ReserveInventory, [Errors.ALL], RefundPayment],
    [ChargePayment, [Errors.ALL], RefundPayment],
    [ShipOrder, [Errors.ALL], RefundPayment],

    // A compensation that never answered is for a person. Where parking fails too, nobody catches it, so that a redrive
    // parks again.
    [RefundPayment, [Errors.ALL], ParkOrder],
    [ReleaseInventory, [Errors.ALL], ParkOrder],
  ];
  for (const [task, errors, next] of catches) {
    // The ids go on as they were, and the failure beside them. A Fail state reads no failure, and could not be given
    // one where the execution's input is no object.
    task.addCatch(next, { errors: [...errors], resultPath: next instanceof Fail ? JsonPath.DISCARD : "$.failure" });
  }

  const whatFailed = new Choice(scope, "WhatFailed")
    .when(reached("CHARGED", "SHIPPING_FAILED"), shippingFailed)
    .when(Condition.stringEquals("$.reached", "PAYMENT_DECLINED"), paymentDeclined)
    .when(Condition.stringEquals("$.reached", "RESERVED"), paymentFailed)
    .otherwise(reservationFailed);
  if (awaitApproval) {
    const approvalDenied = ends("ApprovalDenied", "Approval denied and inventory released");
    whatFailed.when(Condition.stringEquals("$.reached", "APPROVAL_DENIED"), approvalDenied);
  }
  RefundPayment.next(ReleaseInventory).next(whatFailed);

  const wayOn = new Choice(scope, "WayOn");
  const statusesHere = awaitApproval ? [...orderStatuses, ...statusesOfApproval] : orderStatuses;
  for (const [step, statuses] of Map.groupBy(inOrderOfSteps(statusesHere), (status) => stepAt[status])) {
    const isThere = statuses.map((status) => Condition.stringEquals("$.row.Item.status.S", status));
    wayOn.when(isThere.length > 1 ? Condition.or(...isThere) : isThere[0]!, tasks[step]);
  }
  whereIsIt.next(wayOn);
  ParkOrder.next(whereIsIt);
  awaitApproval?.next(ChargePayment);
  return CreateOrder.next(ReserveInventory).next(ChargePayment).next(ShipOrder);
}

const reached = (...statuses: OrderStatus[]): Condition =>
  Condition.or(...statuses.map((status) => Condition.stringEquals("$.reached", status)));

/** OrderConflict may come from any step; the others from those that look for a placement. */
const rejectionsOf = (step: StepName): string[] => [
  ...new Set([OrderConflict.name, ...steps[step].rejects.map(({ name }) => name)]),
];

/** In the order of the table. */
const inOrderOfSteps = (statuses: readonly OrderStatus[]): OrderStatus[] =>
  (Object.keys(stepAt) as OrderStatus[]).filter((status) => statuses.includes(status));
