import type { PlacementRef } from "@ovsc/shared";
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
  /** Lets so many seconds pass there. */
  pass(seconds: number): Promise<void>;
  /** Returns once nothing more will happen to these placements by itself. */
  settle(placed: readonly PlacementRef[]): Promise<void>;
  /** What the given placements cost so far, as far as this cloud tells. Nothing more will be asked about them. */
  count(placed: readonly PlacementRef[]): Promise<Counts>;
  /** How often the sweeper acted for these placements, as far as this cloud tells. */
  sweeps(placed: readonly PlacementRef[]): Promise<number>;
  /** What the steps wrote to their logs about a placement, in the order of time. */
  logs(placed: PlacementRef): Promise<readonly StepLog[]>;
  /** The time there, ISO 8601: the embedded cloud's is virtual. */
  now(): string;
  close(): Promise<void>;
}
