import { setTimeout as pause } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Ledgers } from "../ledgers.ts";

/** A row of the one table. Everything about an order shares its partition key, so one Query shows the whole saga. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The sparse index of what is open, by `open` and `since`. */
export const openIndex = "open-index";

/** How often a transaction is tried that another one on the same row keeps from happening. */
export const mostAttempts = 5;
/** Before the second attempt; doubled before each further one. */
const firstPauseMs = 50;

/** True for a transaction that was turned down for this reason, among others. */
export function hasReason(error: unknown, code: "ConditionalCheckFailed" | "TransactionConflict"): boolean {
  return (
    error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(({ Code }) => Code === code)
  );
}

/** The one table, and the ways its rows are touched more than once. */
export class Table {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;

  constructor(name: string, client: DynamoDBDocumentClient) {
    this.name = name;
    this.client = client;
  }

  /** Strongly consistent: a step decides by what it reads. */
  async get<T extends Key>(key: Key): Promise<T | undefined> {
    const { Item } = await this.client.send(new GetCommand({ TableName: this.name, Key: key, ConsistentRead: true }));
    return Item as T | undefined;
  }

  /**
   * Writes all of it or nothing. Another transaction on the same row, a popular SKU's for instance, is waited out,
   * 50 ms and twice as long each time: the SDK does not do that.
   * @throws TransactionCanceledException when a condition fails, or the conflict stays
   */
  async transact(items: NonNullable<TransactWriteCommandInput["TransactItems"]>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.client.send(new TransactWriteCommand({ TransactItems: items }));
        return;
      } catch (error) {
        if (
          attempt === mostAttempts ||
          !hasReason(error, "TransactionConflict") ||
          hasReason(error, "ConditionalCheckFailed")
        )
          throw error;
      }
      await pause(firstPauseMs * 2 ** (attempt - 1));
    }
  }

  /** Writes a row unless its key is taken. @returns the row that was there, and then nothing was written */
  async putOnce<T extends Key>(row: T): Promise<T | undefined> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.name,
          Item: row,
          ConditionExpression: "attribute_not_exists(pk)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item) return unmarshall(error.Item) as T;
      throw error;
    }
  }
}

/** A conditional update of a ledger row's `state`, alone or as part of a transaction. */
export const stateChange = <Kind extends StatefulLedger>(
  table: Table,
  row: LedgerKey<Kind>,
  { from, to }: { readonly from: Ledgers[Kind]["state"]; readonly to: Ledgers[Kind]["state"] },
) => ({
  TableName: table.name,
  Key: { pk: row.pk, sk: row.sk },
  UpdateExpression: "SET #state = :to",
  ConditionExpression: "#state = :from",
  ExpressionAttributeNames: { "#state": "state" },
  ExpressionAttributeValues: { ":from": from, ":to": to },
});

export const orderKey = (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: "ORDER" });
export const placementKey = (placementId: string): Key => ({ pk: `PLACEMENT#${placementId}`, sk: "PLACEMENT" });
export const stockKey = (sku: string): Key => ({ pk: `STOCK#${sku}`, sk: "STOCK" });

/** Rows of the ledgers, one for each idempotency key: a second charge would be a second row. */
export type LedgerKind = keyof Ledgers;
type StatefulLedger = { [Kind in LedgerKind]: Ledgers[Kind] extends { state: string } ? Kind : never }[LedgerKind];
export type LedgerKey<Kind extends LedgerKind> = Key & { readonly sk: `${Kind}#${string}` };

/** A ledger's entry as a row: the idempotency key is part of the sort key. */
export type LedgerRow<Kind extends LedgerKind> = LedgerKey<Kind> & Omit<Ledgers[Kind], "idempotencyKey">;

export const ledgerKey = <Kind extends LedgerKind>(
  orderId: string,
  kind: Kind,
  idempotencyKey: string,
): LedgerKey<Kind> => ({ pk: `ORDER#${orderId}`, sk: `${kind}#${idempotencyKey}` });
