import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Ports } from "../ports.ts";
import { carrierIn } from "./carrier.ts";
import { inventoryIn } from "./inventory.ts";
import { ordersIn } from "./order-row.ts";
import { paymentsIn } from "./payments.ts";
import { Table } from "./table.ts";

export { available, readEvidence, stock } from "./read-evidence.ts";
export { Table } from "./table.ts";

/** The steps' ports over one DynamoDB table. */
export function portsIn(tableName: string, client = new DynamoDBClient({})): Ports {
  const table = new Table(tableName, DynamoDBDocumentClient.from(client));
  return {
    orders: ordersIn(table),
    inventory: inventoryIn(table),
    payments: paymentsIn(table),
    carrier: carrierIn(table),
  };
}
