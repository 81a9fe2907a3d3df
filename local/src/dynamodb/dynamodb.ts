import type { Clock } from "../clock.ts";
import { door, type Call, type Handler } from "../door/door.ts";
import type { History } from "../history.ts";
import type { ConditionValues } from "../iam/action-table.ts";
import type { Ids } from "../identity.ts";
import { arn } from "../identity.ts";
import type { Service } from "../service.ts";
import { conditionValues } from "./condition-values.ts";
import { corrections } from "./corrections.ts";
import { batchGetItem, batchWriteItem } from "./operations/batch.ts";
import { Consumed } from "./operations/capacity.ts";
import { describeTable, describeTimeToLive, listTables } from "./operations/describe.ts";
import { query } from "./operations/query.ts";
import { getItem } from "./operations/read-item.ts";
import { RequestTokens } from "./operations/request-tokens.ts";
import type { Request } from "./operations/request.ts";
import { scan } from "./operations/scan.ts";
import { transactGetItems, transactWriteItems } from "./operations/transaction.ts";
import { writeItem } from "./operations/write-item.ts";
import type { TableDefinition } from "./table/table.ts";
import { Table } from "./table/table.ts";
import { Tables } from "./table/tables.ts";
import { takes } from "./takes.ts";
import { words } from "./words.ts";

/**
 * Amazon DynamoDB in memory: every call takes effect at once and as a whole, and a secondary index is never behind.
 * Items in answers and in the history are shared with the tables and must not be changed by whoever gets them.
 */
export class DynamoDb implements Service {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #region: string;
  readonly #tables: Tables;
  readonly #tokens: RequestTokens;
  readonly call: Call;

  constructor({ clock, history, ids, region }: { clock: Clock; history: History; ids: Ids; region: string }) {
    this.#clock = clock;
    this.#ids = ids;
    this.#region = region;
    this.#tables = new Tables(clock, history);
    this.#tokens = new RequestTokens(clock);
    const handlers = Object.fromEntries(
      Object.entries(operations).map(([name, run]): [string, Handler] => [name, this.#handler(run)]),
    );
    const call = door({ service: "dynamodb", operations: handlers, takes, corrections, words });
    this.call = (operation, input, caller) => {
      this.#tables.expire();
      return call(operation, input, caller);
    };
  }

  /** What its condition keys are in a request. */
  get conditionValues(): ConditionValues {
    return conditionValues(this.#tables);
  }

  /** Forgets all items and request tokens: the tables stay. */
  reset(): void {
    this.#tables.clear();
    this.#tokens.clear();
  }

  /** Whether a table of this name exists. */
  hasTable(name: string): boolean {
    return this.#tables.has(name);
  }

  /** Creates an empty table, active at once. The definition has been checked, and the name is free. */
  createTable(definition: TableDefinition): Table {
    const tableArn = arn("dynamodb", this.#region, `table/${definition.name}`);
    const table = new Table(definition, { arn: tableArn, id: this.#ids.uuid(), createdAtMs: this.#clock.nowMs });
    this.#tables.add(table);
    return table;
  }

  /** An operation as the door calls it. */
  #handler(run: (request: Request<never>) => unknown): Handler {
    return (input: never, { trace, units }) =>
      run({ tables: this.#tables, tokens: this.#tokens, input, trace, consumed: new Consumed(units) });
  }
}

const operations: Readonly<Record<string, (request: Request<never>) => unknown>> = {
  GetItem: getItem,
  PutItem: (request) => writeItem("Put", request),
  UpdateItem: (request) => writeItem("Update", request),
  DeleteItem: (request) => writeItem("Delete", request),
  Query: query,
  Scan: scan,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  TransactWriteItems: transactWriteItems,
  TransactGetItems: transactGetItems,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  ListTables: listTables,
};
