import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Ports } from "../ports.ts";
import type { SweepPorts } from "../sweep.ts";
import { carrierIn } from "./carrier.ts";
import { inventoryIn } from "./inventory.ts";
import { openOrdersIn } from "./open-orders.ts";
import { ordersIn } from "./order-row.ts";
import { paymentsIn } from "./payments.ts";
import { placementsIn } from "./placement-row.ts";
import { Table } from "./table.ts";
import { machineTime } from "./time.ts";

export { type InvocationRecord, unwrap } from "./invocation-record.ts";
export { beginGeneration } from "./begin-generation.ts";
export { beginRepair } from "./begin-repair.ts";
export { isAnyOpen } from "./open-orders.ts";
export { askPlacement, askRow, askServices } from "./ask.ts";
export { writePlacement } from "./placement-row.ts";
export { available, placementOfOrder, readEvidence, stock } from "./read-evidence.ts";
export { mostAttempts, orderKey, Table } from "./table.ts";

export interface PortsOptions {
  /** True where each fact of an order is said to others once the row holds it. */
  readonly saysFacts: boolean;
  /** Orders above this wait for a person, in the minor unit of their currency; none if not given. */
  readonly approvalAboveCents?: string | undefined;
  /** The same, where nobody can wait for one. */
  readonly refusesAboveCents?: string | undefined;
}

/** The steps' ports over one DynamoDB table. */
export function portsIn(tableName: string, options: PortsOptions): Ports {
  const { saysFacts, approvalAboveCents, refusesAboveCents } = options;
  return {
    ...portsOf(tableIn(tableName), saysFacts),
    ...(approvalAboveCents && { approval: { aboveCents: Number(approvalAboveCents), now: machineTime } }),
    ...(refusesAboveCents && { refusesAboveCents: Number(refusesAboveCents) }),
  };
}

/** What the sweeper needs over the same table. */
export function sweepPortsIn(
  tableName: string,
  { saysFacts, restSeconds }: { readonly saysFacts: boolean; readonly restSeconds: number },
): SweepPorts {
  const table = tableIn(tableName);
  return { ...portsOf(table, saysFacts), openOrders: openOrdersIn(table), now: machineTime, restSeconds };
}

const tableIn = (tableName: string): Table => new Table(tableName, DynamoDBDocumentClient.from(new DynamoDBClient({})));

function portsOf(table: Table, saysFacts: boolean): Ports {
  return {
    orders: ordersIn(table, { saysFacts, now: machineTime }),
    placements: placementsIn(table),
    inventory: inventoryIn(table),
    payments: paymentsIn(table),
    carrier: carrierIn(table),
  };
}
