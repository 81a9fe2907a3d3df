import { tableNameOf } from "../corrections.ts";
import { noSuchTable } from "../failures.ts";
import type { Key } from "../table/key.ts";
import { attributesOf } from "../table/key.ts";
import type { SecondaryIndex } from "../table/secondary-index.ts";
import type { Table } from "../table/table.ts";
import type { Tables } from "../table/tables.ts";
import type { Request } from "./request.ts";

interface TableInput {
  readonly TableName: string;
}

/**
 * Item counts and sizes are those of now, where AWS brings them up to date every six hours or so.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html, 2026-11-21
 */
export function describeTable({ tables, input }: Request<TableInput>): unknown {
  const table = namedTable(tables, input);
  const { name: tableName, key, billing, deletionProtection } = table.definition;
  const indexes = [...table.indexes.values()];
  const keys = [key, ...indexes.map(({ definition }) => definition.key)];
  const attributes = new Map(keys.flatMap(attributesOf).map((each) => [each.name, each.type]));
  return {
    Table: {
      TableName: tableName,
      TableArn: table.arn,
      TableId: table.id,
      TableStatus: "ACTIVE",
      CreationDateTime: table.createdAtMs / 1000,
      AttributeDefinitions: Array.from(attributes, ([name, type]) => ({ AttributeName: name, AttributeType: type })),
      KeySchema: keySchema(key),
      ItemCount: table.rows.count,
      TableSizeBytes: table.rows.bytes,
      ProvisionedThroughput: throughput(billing),
      ...(billing === "PAY_PER_REQUEST" && { BillingModeSummary: { BillingMode: billing } }),
      DeletionProtectionEnabled: deletionProtection,
      ...indexMember(
        "GlobalSecondaryIndexes",
        table,
        indexes.filter(({ definition }) => definition.kind === "global"),
      ),
      ...indexMember(
        "LocalSecondaryIndexes",
        table,
        indexes.filter(({ definition }) => definition.kind === "local"),
      ),
    },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html, 2026-11-21 */
export function describeTimeToLive({ tables, input }: Request<TableInput>): unknown {
  const { timeToLiveAttribute } = namedTable(tables, input).definition;
  return {
    TimeToLiveDescription:
      timeToLiveAttribute === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: timeToLiveAttribute },
  };
}

interface ListInput {
  readonly ExclusiveStartTableName?: string;
  readonly Limit?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html, 2026-11-21 */
export function listTables({ tables, input }: Request<ListInput>): unknown {
  const { ExclusiveStartTableName: after = "", Limit: limit = 100 } = input;
  const names = tables.names().filter((name) => name > after);
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > limit && { LastEvaluatedTableName: page.at(-1) }) };
}

function namedTable(tables: Tables, { TableName }: TableInput): Table {
  const name = tableNameOf(TableName);
  if (!tables.has(name)) throw noSuchTable(`Requested resource not found: Table: ${name} not found`);
  return tables.get(name);
}

const keySchema = ({ partition, sort }: Key) => [
  { AttributeName: partition.name, KeyType: "HASH" },
  ...(sort ? [{ AttributeName: sort.name, KeyType: "RANGE" }] : []),
];

const throughput = (billing: Table["definition"]["billing"]) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: billing === "PAY_PER_REQUEST" ? 0 : billing.readUnits,
  WriteCapacityUnits: billing === "PAY_PER_REQUEST" ? 0 : billing.writeUnits,
});

function indexMember(member: string, table: Table, indexes: readonly SecondaryIndex[]): Record<string, unknown> {
  if (indexes.length === 0) return {};
  return { [member]: indexes.map((index) => describeIndex(table, index)) };
}

function describeIndex(table: Table, { definition, rows }: SecondaryIndex): unknown {
  const { kind, name, key, projection, nonKeyAttributes } = definition;
  return {
    IndexName: name,
    IndexArn: `${table.arn}/index/${name}`,
    KeySchema: keySchema(key),
    Projection: { ProjectionType: projection, ...(projection === "INCLUDE" && { NonKeyAttributes: nonKeyAttributes }) },
    ItemCount: rows.count,
    IndexSizeBytes: rows.bytes,
    ...(kind === "global" && { IndexStatus: "ACTIVE", ProvisionedThroughput: throughput(table.definition.billing) }),
  };
}
