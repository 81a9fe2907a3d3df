import { CfnOutput, type Stack } from "aws-cdk-lib";
import type { EventBus } from "aws-cdk-lib/aws-events";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { onOrders } from "./on-orders.ts";
import type { OrderTable } from "./order-table.ts";
import type { SagaFunction } from "./saga-function.ts";
import { sayOnBus } from "./say-on-bus.ts";

/**
 * The limit that the context asks for, as in `cdk deploy -c approvalAboveCents=500000`: orders above it wait for a
 * person. The stack's outputs name it, so that whoever places orders knows.
 * @returns nothing where it asks for none
 * @throws Error for a limit that is no whole number of cents
 */
export function approvalLimitOf(stack: Stack): number | undefined {
  const given: unknown = stack.node.tryGetContext("approvalAboveCents");
  if (given === undefined) return undefined;
  const aboveCents = Number(given);
  if (!Number.isSafeInteger(aboveCents) || aboveCents < 0)
    throw new Error(`approvalAboveCents is ${JSON.stringify(given)}, and must be a whole number of cents`);
  new CfnOutput(stack, "ApprovalAboveCents", { value: `${aboveCents}` });
  return aboveCents;
}

/** Tells a step's function the limit above which its orders wait. */
export const limits = (step: SagaFunction, aboveCents: number): void =>
  void step.addEnvironment("APPROVAL_ABOVE_CENTS", `${aboveCents}`);

/**
 * Those who approve orders, and reject them. They read an order's row and decide there; how they then say that it is
 * time to look, the stack grants. The account's own policies say who may assume it.
 */
export class ApproverRole extends Role {
  constructor(scope: Construct, id: string, table: OrderTable) {
    super(scope, id, { assumedBy: new AccountRootPrincipal(), description: "Approves orders, and rejects them" });
    this.addToPolicy(onOrders(table, "dynamodb:GetItem", "dynamodb:UpdateItem"));
    new CfnOutput(scope, "ApproverRoleArn", { value: this.roleArn });
  }
}

/** Lets approvers say on a bus what they decided, and nothing else. */
export const sayDecisions = (approver: ApproverRole, bus: EventBus): boolean =>
  sayOnBus(approver, bus, "ApprovalGranted", "ApprovalDenied");
