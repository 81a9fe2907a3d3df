import { inOrder } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import { DynamoDb } from "../../src/dynamodb/dynamodb.ts";
import { tableResources } from "../../src/dynamodb/table/table-resource.ts";
import { AwsError } from "../../src/errors.ts";
import type { CapacityUnits, HappeningDetails, Trace } from "../../src/history.ts";
import { noTrace } from "../../src/history.ts";
import { Ids } from "../../src/identity.ts";
import type { Caller } from "../../src/service.ts";

export const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };

type Answer = Readonly<Record<string, unknown>>;
type Attribute = Readonly<Record<string, unknown>>;

/** A DynamoDB with what it recorded. */
export function openDynamoDb() {
  const clock = new VirtualClock(inOrder, Date.UTC(2026, 10, 21));
  const happenings: (HappeningDetails & { trace: Trace })[] = [];
  const history = { record: (trace: Trace, details: HappeningDetails) => void happenings.push({ ...details, trace }) };
  const dynamodb = new DynamoDb({ clock, history, ids: new Ids(), region: "eu-west-1" });
  const [tableType] = tableResources(dynamodb);
  return {
    clock,
    happenings,
    dynamodb,
    /** Creates a table as a template would. @throws what the properties' schema or AWS has against them */
    create: (properties: Record<string, unknown>, logicalId = "Orders") =>
      tableType!.create(tableType!.properties.parse(properties), {
        stackName: "Shop",
        logicalId,
        asset: () => "",
      }),
    /** The capacity units a call takes, answered or turned down. */
    units(operation: string, input: Record<string, unknown>): CapacityUnits {
      const units = { read: 0, write: 0 };
      try {
        dynamodb.call(operation, input, { ...operator, units });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
      }
      return units;
    },
    call: (operation: string, input: Record<string, unknown>) => dynamodb.call(operation, input, operator) as Answer,
  };
}

export const ordersTable = {
  TableName: "orders",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
};

export const linesTable = {
  TableName: "lines",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "order", AttributeType: "S" },
    { AttributeName: "line", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "order", KeyType: "HASH" },
    { AttributeName: "line", KeyType: "RANGE" },
  ],
};

/** What a call threw: its code and message, and further members. */
export function refusal(call: () => unknown): { code?: string; message: string; members?: Answer; name: string } {
  try {
    call();
  } catch (error) {
    return error as { code?: string; message: string; members?: Answer; name: string };
  }
  throw new Error("the call was not refused");
}

export const s = (value: string): Attribute => ({ S: value });
export const n = (value: number | string): Attribute => ({ N: String(value) });
