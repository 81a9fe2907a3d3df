import type { Clock } from "../clock.ts";
import { UnknownFeature } from "../errors.ts";
import type { History } from "../history.ts";
import type { Ids, Place } from "../identity.ts";
import { arn } from "../identity.ts";
import type { Caller, Service } from "../service.ts";
import { batchGetItem, batchWriteItem } from "./operations/batch.ts";
import { describeTable, describeTimeToLive, listTables } from "./operations/describe.ts";
import { query } from "./operations/query.ts";
import { getItem } from "./operations/read-item.ts";
import { RequestTokens } from "./operations/request-tokens.ts";
import { scan } from "./operations/scan.ts";
import { transactGetItems, transactWriteItems } from "./operations/transaction.ts";
import { writeItem } from "./operations/write-item.ts";
import type { TableDefinition } from "./table/table.ts";
import { Table } from "./table/table.ts";
import { Tables } from "./table/tables.ts";

/**
 * Amazon DynamoDB in memory: every call takes effect at once and as a whole, and a secondary index is never behind.
 * Items in answers and in the history are shared with the tables and must not be changed by whoever gets them.
 */
export class DynamoDb implements Service {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #place: Place;
  readonly #tables: Tables;
  readonly #tokens: RequestTokens;

  constructor({ clock, history, ids, place }: { clock: Clock; history: History; ids: Ids; place: Place }) {
    this.#clock = clock;
    this.#ids = ids;
    this.#place = place;
    this.#tables = new Tables(clock, history);
    this.#tokens = new RequestTokens(clock);
  }

  /** Whether a table of this name exists. */
  hasTable(name: string): boolean {
    return this.#tables.has(name);
  }

  /** Creates an empty table, active at once. The definition has been checked, and the name is free. */
  createTable(definition: TableDefinition): Table {
    const tableArn = arn("dynamodb", this.#place, `table/${definition.name}`);
    const table = new Table(definition, { arn: tableArn, id: this.#ids.uuid(), createdAtMs: this.#clock.nowMs });
    this.#tables.add(table);
    return table;
  }

  call(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): unknown {
    const tables = this.#tables;
    tables.expire();
    switch (operation) {
      case "GetItem":
        return getItem(tables, input);
      case "PutItem":
        return writeItem(tables, "Put", input, caller);
      case "UpdateItem":
        return writeItem(tables, "Update", input, caller);
      case "DeleteItem":
        return writeItem(tables, "Delete", input, caller);
      case "Query":
        return query(tables, input);
      case "Scan":
        return scan(tables, input);
      case "BatchGetItem":
        return batchGetItem(tables, input);
      case "BatchWriteItem":
        return batchWriteItem(tables, input, caller);
      case "TransactWriteItems":
        return transactWriteItems(tables, this.#tokens, input, caller);
      case "TransactGetItems":
        return transactGetItems(tables, input);
      case "DescribeTable":
        return describeTable(tables, input);
      case "DescribeTimeToLive":
        return describeTimeToLive(tables, input);
      case "ListTables":
        return listTables(tables, input);
      default:
        throw new UnknownFeature(`operation ${operation}`, "DynamoDB");
    }
  }
}
