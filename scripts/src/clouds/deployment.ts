import type { Table } from "@ovsc/shared/aws";
import type { Coordination, StepLog, Variant } from "@ovsc/shared/variant";
import type { Counts } from "../runs/counts.ts";

/** One variant, running somewhere: embedded, on LocalStack or on AWS. Everything is reached through the AWS SDK. */
export interface Deployment {
  readonly variant: Variant;
  /** Where, for the person who reads it. */
  readonly where: string;
  readonly table: Table;
  /** How orders come in there, how they end, and what can be seen of them. */
  readonly coordination: Coordination;
  /** Returns once nothing more will happen to these orders by itself. */
  settle(orderIds: readonly string[]): Promise<void>;
  /** What the given orders cost so far, as far as this cloud tells. Nothing more will be asked about them. */
  count(orderIds: readonly string[]): Promise<Counts>;
  /** What the steps wrote to their logs about an order, in the order of time. */
  logs(orderId: string): Promise<readonly StepLog[]>;
  close(): Promise<void>;
}
