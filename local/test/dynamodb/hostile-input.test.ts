import { beforeEach, describe, expect, it } from "vitest";
import { threadMs } from "../thread-ms.ts";
import { linesTable, n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

type Cloud = ReturnType<typeof openDynamoDb>;
type Input = Record<string, unknown>;

/** An input as JSON brings it: a member `__proto__` is one of its own. */
const json = (text: string): Input => JSON.parse(text) as Input;

const Key = { id: s("o-1") };
const onItem = { TableName: "orders", Key };

let cloud: Cloud;
beforeEach(() => {
  cloud = openDynamoDb();
  cloud.create(ordersTable);
  cloud.create(linesTable, "Lines");
});

const messageOf = (operation: string, input: Input): string => refusal(() => cloud.call(operation, input)).message;

const nested = (levels: number, open: string, close: string, core: string) =>
  JSON.parse(open.repeat(levels) + core + close.repeat(levels)) as Record<string, unknown>;

const map = (levels: number) => nested(levels, '{"M":{"a":', "}}", '{"S":"leaf"}');
const condition = (ConditionExpression: string) =>
  refusal(() => cloud.call("DeleteItem", { ...onItem, ConditionExpression })).message;
const update = (UpdateExpression: string, more: Input = {}) =>
  refusal(() => cloud.call("UpdateItem", { ...onItem, UpdateExpression, ...more })).message;
const tooLong = (size: number) => `Expression size has exceeded the maximum allowed size; expression size: ${size}`;
const chain = (depth: number) => `a<b ${"or (a<b ".repeat(depth)}${")".repeat(depth)}`;

describe("an attribute named like a member of every object", () => {
  const names = ["__proto__", "constructor", "toString"];

  it.each(names)("is kept, found, changed and removed: %s", (name) => {
    cloud.call("PutItem", json(`{"TableName":"orders","Item":{"id":{"S":"o-1"},"${name}":{"N":"1"}}}`));
    const read = () => JSON.stringify(cloud.call("GetItem", onItem).Item);
    expect(read()).toBe(`{"id":{"S":"o-1"},"${name}":{"N":"1"}}`);
    const change = (UpdateExpression: string, more: Input = {}) =>
      cloud.call("UpdateItem", { ...onItem, UpdateExpression, ExpressionAttributeNames: { "#n": name }, ...more });
    change("SET #n = #n + :one", { ExpressionAttributeValues: { ":one": n(1) } });
    expect(read()).toBe(`{"id":{"S":"o-1"},"${name}":{"N":"2"}}`);
    change("SET #n = :map", { ExpressionAttributeValues: { ":map": { M: json(`{"${name}":{"N":"3"}}`) } } });
    const projected = { ...onItem, ProjectionExpression: "#n.#n", ExpressionAttributeNames: { "#n": name } };
    expect(JSON.stringify(cloud.call("GetItem", projected).Item)).toBe(`{"${name}":{"M":{"${name}":{"N":"3"}}}}`);
    change("REMOVE #n");
    expect(read()).toBe('{"id":{"S":"o-1"}}');
  });

  it.each(names)("is not there unless it was put there: %s", (name) => {
    cloud.call("PutItem", { TableName: "orders", Item: Key });
    const input = { ...onItem, ExpressionAttributeNames: { "#n": name } };
    const failed = refusal(() =>
      cloud.call("UpdateItem", {
        ...input,
        UpdateExpression: "SET #n.#n = :v",
        ExpressionAttributeValues: { ":v": n(1) },
      }),
    );
    expect(failed.message).toBe("The document path provided in the update expression is invalid for update");
  });

  it.each(names)("may be a key: %s", (name) => {
    cloud.create(
      {
        ...ordersTable,
        TableName: "odd",
        AttributeDefinitions: [{ AttributeName: name, AttributeType: "S" }],
        KeySchema: [{ AttributeName: name, KeyType: "HASH" }],
      },
      "Odd",
    );
    expect(messageOf("PutItem", { TableName: "odd", Item: Key })).toContain(`Missing the key ${name} in the item`);
    expect(messageOf("GetItem", { TableName: "odd", Key })).toBe("The provided key element does not match the schema");
    cloud.call("PutItem", json(`{"TableName":"odd","Item":{"${name}":{"S":"a"}}}`));
    const answer = cloud.call("GetItem", json(`{"TableName":"odd","Key":{"${name}":{"S":"a"}}}`));
    expect(JSON.stringify(answer)).toBe(`{"Item":{"${name}":{"S":"a"}}}`);
    const { LastEvaluatedKey } = cloud.call("Scan", { TableName: "odd", Limit: 1 });
    expect(JSON.stringify(LastEvaluatedKey)).toBe(`{"${name}":{"S":"a"}}`);
  });

  it("may be the name of a table too", () => {
    cloud.create({ ...ordersTable, TableName: "__proto__" }, "Proto");
    const answer = cloud.call("BatchGetItem", json('{"RequestItems":{"__proto__":{"Keys":[{"id":{"S":"a"}}]}}}'));
    expect(JSON.stringify(answer)).toBe('{"Responses":{"__proto__":[]},"UnprocessedKeys":{}}');
  });
});

describe("null", () => {
  it("counts as a member that was left out", () => {
    const rest = {
      FilterExpression: null,
      ProjectionExpression: null,
      ExpressionAttributeNames: null,
      ExclusiveStartKey: null,
      Limit: null,
      Select: null,
      IndexName: null,
      ScanIndexForward: undefined,
    };
    const KeyConditionExpression = "id = :id";
    const ExpressionAttributeValues = { ":id": s("o-1") };
    cloud.call("PutItem", { TableName: "orders", Item: Key, ConditionExpression: null, ReturnValues: null });
    cloud.call("UpdateItem", { ...onItem, UpdateExpression: null, ExpressionAttributeValues: null });
    const found = { Count: 1, ScannedCount: 1, Items: [Key] };
    const query = { TableName: "orders", KeyConditionExpression, ExpressionAttributeValues };
    expect(cloud.call("Query", { ...query, ...rest })).toEqual(found);
    expect(cloud.call("Scan", { TableName: "orders", ...rest, Segment: null, TotalSegments: null })).toEqual(found);
    expect(cloud.call("ListTables", { Limit: null })).toEqual({ TableNames: ["lines", "orders"] });
    const request = { PutRequest: { Item: Key }, DeleteRequest: null };
    expect(cloud.call("BatchWriteItem", { RequestItems: { orders: [request] } })).toEqual({ UnprocessedItems: {} });
    const action = { Put: { TableName: "orders", Item: Key, ConditionExpression: null }, Update: null };
    expect(cloud.call("TransactWriteItems", { TransactItems: [action], ClientRequestToken: null })).toEqual({});
  });

  it.each([
    ["BatchGetItem", { RequestItems: null }, "The requestItems parameter is required for BatchGetItem"],
    ["BatchWriteItem", {}, "The requestItems parameter is required for BatchWriteItem"],
    ["BatchWriteItem", { RequestItems: { orders: null } }, "Unexpected field type"],
    ["BatchWriteItem", { RequestItems: { orders: [null] } }, "Unexpected field type"],
    ["BatchGetItem", { RequestItems: { orders: null } }, "Unexpected field type"],
    ["BatchGetItem", { RequestItems: { orders: { Keys: [null] } } }, "Unexpected field type"],
    ["TransactWriteItems", { TransactItems: [null] }, "Unexpected field type"],
    ["TransactWriteItems", { TransactItems: [{ Put: null }] }, "TransactItems can only contain one of Check"],
    ["TransactGetItems", { TransactItems: [{ Get: null }] }, "Member must not be null"],
    ["Query", { TableName: "orders", KeyConditionExpression: null }, "parameter must be specified in the request"],
  ])("is told where something has to be: %s %j", (operation, input, message) => {
    expect(messageOf(operation, input)).toContain(message);
  });
});

describe("a member of the wrong type", () => {
  const wrong = [true, 7, 1.5, "text", [], {}, [{}], { a: null }];
  const inputs: Record<string, Input> = {
    Query: {
      TableName: "orders",
      KeyConditionExpression: "id = :id",
      ExpressionAttributeValues: { ":id": s("a") },
      FilterExpression: "a = :id",
      ProjectionExpression: "a",
      ExclusiveStartKey: Key,
      Limit: 1,
      Select: "COUNT",
      ConsistentRead: true,
      ScanIndexForward: true,
      IndexName: "index",
      ReturnConsumedCapacity: "TOTAL",
      ExpressionAttributeNames: { "#a": "a" },
    },
    Scan: { TableName: "orders", Segment: 0, TotalSegments: 1, ExclusiveStartKey: Key },
    GetItem: { ...onItem, ProjectionExpression: "a", ConsistentRead: true },
    PutItem: { TableName: "orders", Item: Key, ConditionExpression: "a = :a", ReturnValues: "NONE" },
    UpdateItem: { ...onItem, UpdateExpression: "SET a = :a", ExpressionAttributeValues: { ":a": s("a") } },
    BatchGetItem: { RequestItems: { orders: { Keys: [Key], ProjectionExpression: "a" } } },
    BatchWriteItem: { RequestItems: { orders: [{ PutRequest: { Item: Key } }] } },
    TransactGetItems: { TransactItems: [{ Get: { ...onItem, ProjectionExpression: "a" } }] },
    TransactWriteItems: { TransactItems: [{ Put: { TableName: "orders", Item: Key } }], ClientRequestToken: "token" },
  };

  /** Every input that differs in one place, however deep, from the given one. */
  function* mutants(value: unknown): Generator {
    yield* wrong;
    yield null;
    if (typeof value !== "object" || value === null) return;
    for (const name of Object.keys(value)) {
      for (const mutant of mutants((value as Input)[name])) {
        const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
        (copy as Input)[name] = mutant;
        yield copy;
      }
    }
  }

  it.each(Object.keys(inputs))("is answered or refused as AWS would, never by a fault: %s", (operation) => {
    const faults: unknown[] = [];
    for (const mutant of mutants(inputs[operation])) {
      if (typeof mutant !== "object" || mutant === null || Array.isArray(mutant)) continue;
      try {
        cloud.call(operation, mutant as Input);
      } catch (error) {
        const { name } = error as Error;
        if (name !== "AwsError" && name !== "UnknownFeature") faults.push({ mutant, error });
      }
    }
    expect(faults).toEqual([]);
  });
});

describe("nesting", () => {
  const tooDeep =
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

  it("of a value goes 32 levels deep, the attribute itself being the first", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { ...Key, a: map(31) } });
    for (const levels of [32, 1000, 10_000]) {
      expect(messageOf("PutItem", { TableName: "orders", Item: { ...Key, a: map(levels) } })).toBe(tooDeep);
      const list = nested(levels, '{"L":[', "]}", '{"N":"1"}');
      expect(messageOf("GetItem", { TableName: "orders", Key: { id: list } })).toBe(tooDeep);
      const values = { UpdateExpression: "SET b = :v", ExpressionAttributeValues: { ":v": list } };
      expect(messageOf("UpdateItem", { ...onItem, ...values })).toContain(tooDeep);
    }
  });

  it("of a value cannot grow beyond that by updates", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { ...Key, a: map(30) } });
    const change = (UpdateExpression: string) => cloud.call("UpdateItem", { ...onItem, UpdateExpression });
    change("SET b = a.a");
    expect(refusal(() => change("SET a.a.a.b = b")).message).toBe(tooDeep);
  });

  it.each([1000, 5000, 10_000])("in members that AWS does not look at is harmless: %i levels", (levels) => {
    const Item = { ...Key, a: { S: "text", Unknown: nested(levels, "[", "]", "1") } };
    cloud.call("PutItem", { TableName: "orders", Item });
    const transact = (Items: object[]) =>
      cloud.call("TransactWriteItems", { ClientRequestToken: "token", TransactItems: Items });
    transact([{ Put: { TableName: "orders", Item } }]);
    expect(transact([{ Put: { TableName: "orders", Item } }])).toEqual({});
    const many = Array.from({ length: 101 }, () => ({ Put: { TableName: "orders", Item } }));
    expect(refusal(() => transact(many)).message).toMatch(/length less than or equal to 100$/u);
  });
});

describe("an expression", () => {
  it("has at most 4,096 bytes", () => {
    cloud.call("GetItem", { ...onItem, ProjectionExpression: "x".repeat(4096) });
    const projection = { ...onItem, ProjectionExpression: "ü".repeat(2049) };
    expect(messageOf("GetItem", projection)).toBe(`Invalid ProjectionExpression: ${tooLong(4098)}`);
    expect(condition("(".repeat(15_000))).toBe(`Invalid ConditionExpression: ${tooLong(15_000)}`);
    expect(update(`SET${" ".repeat(4090)}a = b`)).toBe(`Invalid UpdateExpression: ${tooLong(4098)}`);
    const query = { TableName: "orders", KeyConditionExpression: `id${" ".repeat(5000)}` };
    expect(messageOf("Query", query)).toBe(`Invalid KeyConditionExpression: ${tooLong(5002)}`);
    const scan = { TableName: "orders", FilterExpression: "a".repeat(10_000) };
    expect(messageOf("Scan", scan)).toBe(`Invalid FilterExpression: ${tooLong(10_000)}`);
  });

  it("has at most 300 operators", () => {
    expect(condition(chain(149))).toBe("The conditional request failed");
    const tooMany = "Invalid ConditionExpression: The expression contains too many operators; operator count: 301";
    expect(condition(chain(450))).toBe(tooMany);
    expect(condition(`${"not ".repeat(1000)}a<b`)).toBe(tooMany);
    expect(update(`SET ${Array.from({ length: 301 }, (_, at) => `a${at}=b+c`).join(",")}`)).toBe(
      "Invalid UpdateExpression: The expression contains too many operators; operator count: 301",
    );
  });

  it("has at most 100 operands of IN", () => {
    expect(condition(`a IN (${Array.from({ length: 101 }, () => "b").join(",")})`)).toBe(
      "Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands: 101",
    );
  });

  it("goes at most 32 levels down a document, and to index 2,147,483,647 of a list", () => {
    cloud.call("GetItem", { ...onItem, ProjectionExpression: `a${".b".repeat(31)}` });
    expect(messageOf("GetItem", { ...onItem, ProjectionExpression: `a${"[0]".repeat(32)}` })).toBe(
      "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33",
    );
    expect(update("REMOVE a[2147483648]")).toBe(
      "Invalid UpdateExpression: List index is not within the allowable range; index: [2147483648]",
    );
  });

  it.each([
    ["(".repeat(2046) + "a<b" + ")".repeat(2046), "The expression has redundant parentheses"],
    ["(".repeat(4096), "Syntax error"],
    [`a < ${"f(".repeat(1355)}b${")".repeat(1355)}`, "Invalid function name; function: f"],
    [`a < ${"size(".repeat(680)}b${")".repeat(680)}`, "Incorrect operand type for operator or function"],
    [`a.b.${"c.".repeat(2000)}`, "Syntax error"],
  ])("may be as deep as its length allows, and is read in no time: %.12s", (text, message) => {
    const startMs = threadMs();
    expect(condition(text)).toContain(message);
    expect(threadMs() - startMs).toBeLessThan(200);
  });

  it.each([
    `SET a = ${"(".repeat(2000)}b${")".repeat(2000)}`,
    `SET a = ${"(".repeat(4000)}`,
    `SET a = ${"list_append(".repeat(240)}b${",b)".repeat(240)}`,
  ])("of an update likewise: %.24s", (text) => {
    const startMs = threadMs();
    expect(update(text)).toMatch(/^(?:Invalid UpdateExpression|The provided expression refers to an attribute)/u);
    expect(threadMs() - startMs).toBeLessThan(200);
  });

  it("appends what it sets beyond the end of a list, in the order of the indexes", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { ...Key, list: { L: [n(0)] } } });
    const startMs = threadMs();
    cloud.call("UpdateItem", {
      ...onItem,
      UpdateExpression: "SET #l[2147483647] = :b, #l[7] = :a",
      ExpressionAttributeNames: { "#l": "list" },
      ExpressionAttributeValues: { ":a": n(1), ":b": n(2) },
    });
    expect(threadMs() - startMs).toBeLessThan(100);
    expect(cloud.call("GetItem", onItem).Item).toEqual({ ...Key, list: { L: [n(0), n(1), n(2)] } });
  });
});

describe("a large value", () => {
  it.each([
    ["digits that are none at the end", { N: `${"1".repeat(300_000)}x` }],
    ["zeros between digits", { N: `1${"0".repeat(300_000)}1` }],
    ["zeros after the point", { N: `0.${"0".repeat(300_000)}1` }],
    ["an exponent without end", { N: `1e${"9".repeat(300_000)}` }],
  ])("is checked in time that grows with its length: %s", (_name, value) => {
    const startMs = threadMs();
    expect(refusal(() => cloud.call("PutItem", { TableName: "orders", Item: { ...Key, value } })).code).toBe(
      "ValidationException",
    );
    expect(threadMs() - startMs).toBeLessThan(200);
  });

  it("is a set from which as large a set is taken", () => {
    const SS = Array.from({ length: 60_000 }, (_, index) => index.toString(36));
    cloud.call("PutItem", { TableName: "orders", Item: { ...Key, set: { SS } } });
    const startMs = threadMs();
    cloud.call("UpdateItem", {
      ...onItem,
      UpdateExpression: "DELETE #s :most",
      ExpressionAttributeNames: { "#s": "set" },
      ExpressionAttributeValues: { ":most": { SS: SS.slice(1) } },
    });
    expect(threadMs() - startMs).toBeLessThan(1000);
    expect(cloud.call("GetItem", onItem).Item).toEqual({ ...Key, set: { SS: ["0"] } });
  });
});
