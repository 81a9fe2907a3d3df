import { invalid } from "../failures.ts";
import type { Key, KeyAttribute } from "./key.ts";
import { attributesOf } from "./key.ts";
import type { IndexDefinition } from "./secondary-index.ts";
import type { TableDefinition } from "./table.ts";

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: "HASH" | "RANGE" }[];

interface Throughput {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

interface IndexProperties {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: {
    readonly ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
    readonly NonKeyAttributes?: readonly string[] | undefined;
  };
  readonly ProvisionedThroughput?: Throughput | undefined;
}

/** The properties of a table that have an effect here, as CloudFormation and CreateTable name them. */
export interface TableProperties {
  readonly TableName?: string | undefined;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: "S" | "N" | "B" }[];
  readonly BillingMode?: "PAY_PER_REQUEST" | "PROVISIONED" | undefined;
  readonly ProvisionedThroughput?: Throughput | undefined;
  readonly GlobalSecondaryIndexes?: readonly IndexProperties[] | undefined;
  readonly LocalSecondaryIndexes?: readonly IndexProperties[] | undefined;
  readonly TimeToLiveSpecification?:
    | { readonly AttributeName?: string | undefined; readonly Enabled: boolean }
    | undefined;
  readonly DeletionProtectionEnabled?: boolean | undefined;
}

const wrong = (message: string) => invalid(`One or more parameter values were invalid: ${message}`);

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html, 2026-11-21
 * @param name of a table whose properties give none
 * @throws AwsError ValidationException for properties that contradict each other
 */
export function tableDefinition(properties: TableProperties, name: string): TableDefinition {
  const types = new Map(properties.AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType]));
  const key = keyOf(properties.KeySchema, types);
  const indexes = [
    ...(properties.GlobalSecondaryIndexes ?? []).map((index) => indexOf("global", index, types)),
    ...(properties.LocalSecondaryIndexes ?? []).map((index) => indexOf("local", index, types)),
  ];
  checkIndexes(indexes, key);
  checkAttributesUsed([...types.keys()], key, indexes);
  const { TimeToLiveSpecification: timeToLive } = properties;
  return {
    name: properties.TableName ?? name,
    key,
    indexes,
    billing: billingOf(properties),
    deletionProtection: properties.DeletionProtectionEnabled ?? false,
    timeToLiveAttribute: timeToLive?.Enabled ? timeToLive.AttributeName : undefined,
  };
}

function checkAttributesUsed(defined: readonly string[], key: Key, indexes: readonly IndexDefinition[]): void {
  const used = new Set([key, ...indexes.map((index) => index.key)].flatMap(attributesOf).map(({ name }) => name));
  if (used.size === defined.length) return;
  throw wrong(
    indexes.length > 0
      ? `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(", ")}], ` +
          `keys used: [${[...used].join(", ")}]`
      : "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
  );
}

function billingOf(properties: TableProperties): TableDefinition["billing"] {
  const { BillingMode = "PROVISIONED", ProvisionedThroughput: given } = properties;
  if (BillingMode === "PROVISIONED") {
    if (given) return { readUnits: given.ReadCapacityUnits, writeUnits: given.WriteCapacityUnits };
    throw wrong("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
  }
  if (given) {
    throw wrong(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  }
  for (const { IndexName, ProvisionedThroughput } of properties.GlobalSecondaryIndexes ?? []) {
    if (!ProvisionedThroughput) continue;
    throw wrong(
      `ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  return "PAY_PER_REQUEST";
}

function keyOf(schema: KeySchema, types: ReadonlyMap<string, "S" | "N" | "B">): Key {
  const [partition, sort] = schema.map(({ AttributeName }): KeyAttribute => {
    const type = types.get(AttributeName);
    if (type) return { name: AttributeName, type };
    const keys = schema.map((each) => each.AttributeName).join(", ");
    throw wrong(
      "Some index key attributes are not defined in AttributeDefinitions. " +
        `Keys: [${keys}], AttributeDefinitions: [${[...types.keys()].join(", ")}]`,
    );
  });
  if (schema[0]?.KeyType !== "HASH" || !partition) {
    throw invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  if (schema[1] && schema[1].KeyType !== "RANGE") {
    throw invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  if (partition.name === sort?.name) {
    throw invalid("Invalid KeySchema: Some index key attribute have no definition");
  }
  return { partition, sort };
}

function indexOf(
  kind: "global" | "local",
  index: IndexProperties,
  types: ReadonlyMap<string, "S" | "N" | "B">,
): IndexDefinition {
  const { ProjectionType, NonKeyAttributes } = index.Projection;
  if (NonKeyAttributes && ProjectionType !== "INCLUDE") {
    throw wrong(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
  if (!NonKeyAttributes && ProjectionType === "INCLUDE") {
    throw wrong("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  return {
    kind,
    name: index.IndexName,
    key: keyOf(index.KeySchema, types),
    projection: ProjectionType,
    nonKeyAttributes: NonKeyAttributes ?? [],
  };
}

function checkIndexes(indexes: readonly IndexDefinition[], tableKey: Key): void {
  const names = new Set<string>();
  for (const { kind, name, key } of indexes) {
    if (names.has(name)) throw wrong(`Duplicate index name: ${name}`);
    names.add(name);
    if (kind === "global") continue;
    if (!tableKey.sort) {
      throw wrong("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
    }
    if (!key.sort) throw wrong(`Index KeySchema does not have a range key for index: ${name}`);
    if (key.partition.name === tableKey.partition.name) continue;
    throw wrong(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. ` +
        `index hash key: ${key.partition.name}, table hash key: ${tableKey.partition.name}`,
    );
  }
}
