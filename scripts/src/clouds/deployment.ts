import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "@ovsc/shared/aws";
import type { Counts } from "../runs/counts.ts";
import type { Variant } from "../variant.ts";
import type { StepLog } from "./step-log.ts";

/** What a variant's stack says about itself. The names are those of the stack's outputs. */
export interface Outputs {
  readonly TableName: string;
  readonly BusName?: string;
  readonly DeadLetterQueueUrl?: string;
  readonly StateMachineArn?: string;
}

/** One variant, running somewhere: embedded, on LocalStack or on AWS. Everything is reached through the AWS SDK. */
export interface Deployment {
  readonly variant: Variant;
  /** Where, for the person who reads it. */
  readonly where: string;
  readonly outputs: Outputs;
  readonly table: Table;
  readonly clients: { readonly events: EventBridgeClient; readonly states: SFNClient; readonly queues: SQSClient };
  /** Returns once nothing more will happen to these orders by itself. */
  settle(orderIds: readonly string[]): Promise<void>;
  /** What the given orders cost so far, as far as this place tells. */
  count(orderIds: readonly string[]): Promise<Counts>;
  /** What the steps wrote to their logs about an order, in the order of time. */
  logs(orderId: string): Promise<readonly StepLog[]>;
  close(): Promise<void>;
}
