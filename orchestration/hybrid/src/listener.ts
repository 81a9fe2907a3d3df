import type { RetryBudget, SagaEvent } from "@ovsc/shared";
import type { DeadLetters, OrderTable, SagaAlarms } from "@ovsc/shared/infra";
import type { IRuleTarget } from "aws-cdk-lib/aws-events";
import type { TargetBaseProps } from "aws-cdk-lib/aws-events-targets";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

/** Somebody who hears facts of the saga, which knows nothing of it: a folder in `listeners/` is all there is to one. */
export interface Listener {
  /** The facts that wake it. Each comes at least once. */
  readonly hears: readonly SagaEvent[];
  /**
   * Makes its resources in a scope of its own.
   * @returns what hears the facts, given how they are handed over
   */
  build(scope: Construct, given: ListenerProps): (delivery: TargetBaseProps) => IRuleTarget;
}

export interface ListenerProps {
  /** Its own `handler.ts`, as Lambda names it: in the code under its folder. */
  readonly handler: string;
  readonly code: Code;
  /** The saga's table: a listener may read an order's row, and writes nothing there. */
  readonly orders: OrderTable;
  readonly budget: RetryBudget;
  /** What it could not take in the end. */
  readonly deadLetters: DeadLetters;
  readonly alarms: SagaAlarms;
}
