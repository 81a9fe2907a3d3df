import { InvokeCommand, LambdaClient, TooManyRequestsException } from "@aws-sdk/client-lambda";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { thinSdk } from "../../src/thin-sdk/index.ts";
import { thinClient } from "../../src/thin-sdk/operator.ts";
import type { DirectAnswer, Door } from "../../src/wire/direct.ts";
import { plain } from "../../src/wire/plain.ts";

/** What the build of a handler says. */
async function bundling(code: string): Promise<string> {
  try {
    await build({
      stdin: { contents: code, resolveDir: import.meta.dirname },
      bundle: true,
      write: false,
      platform: "node",
      logLevel: "silent",
      plugins: [thinSdk()],
    });
    return "bundled";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the thin SDK", () => {
  test("has the clients and commands of an ordinary handler", async () => {
    const handler = `
      import { DynamoDBClient, ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
      import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
      import { ExecutionNotRedrivable, RedriveExecutionCommand, SFNClient } from "@aws-sdk/client-sfn";
      import { unmarshall } from "@aws-sdk/util-dynamodb";
      console.log(DynamoDBClient, ConditionalCheckFailedException, DynamoDBDocumentClient, PutCommand, unmarshall);
      console.log(ExecutionNotRedrivable, RedriveExecutionCommand, SFNClient);`;
    expect(await bundling(handler)).toBe("bundled");
  });

  test.each([
    [`import { ScanCommand } from "@aws-sdk/lib-dynamodb"; ScanCommand();`, /"ScanCommand"/],
    [`import { SQSClient } from "@aws-sdk/client-sqs"; SQSClient();`, /has no @aws-sdk\/client-sqs/],
  ])("refuses by name what it does not have: %s", async (code, name) => {
    expect(await bundling(code)).toMatch(name);
  });
});

function refuse(what: string): never {
  throw new Error(what);
}

/** A door behind which so many calls fail before one is answered. */
function failing(times: number, error: { code: string; statusCode: number }): Door & { calls: number } {
  const door = {
    calls: 0,
    call(_service: string, _operation: string, _input: object, answer: (outcome: DirectAnswer) => void) {
      door.calls += 1;
      answer({
        requestId: "",
        ...(door.calls > times ? { output: {} } : { error: { message: "", members: {}, ...error } }),
      });
    },
    refuse,
  };
  return door;
}

const invoke = new InvokeCommand({ FunctionName: "any" });

test("a thin client makes as many attempts as it is asked to", async () => {
  const door = failing(Infinity, { code: "TooManyRequestsException", statusCode: 429 });
  const client = thinClient(door, LambdaClient, { maxAttempts: 1 });
  await expect(client.send(invoke)).rejects.toThrow(TooManyRequestsException);
  expect(door.calls).toBe(1);
});

test.each([
  [0, { attempts: 1, totalRetryDelay: 0 }],
  [1, { attempts: 2, totalRetryDelay: expect.any(Number) }],
])("a thin client whose calls fail %i times says what its answer took", async (times, took) => {
  const door = failing(times, { code: "ServiceException", statusCode: 500 });
  const { $metadata } = await thinClient(door, LambdaClient).send(invoke);
  expect($metadata).toMatchObject(took);
  expect(door.calls).toBe(took.attempts);
});

test("a thin client gives up after the SDK's own number of attempts", async () => {
  const door = failing(Infinity, { code: "ServiceException", statusCode: 500 });
  await expect(thinClient(door, LambdaClient).send(invoke)).rejects.toMatchObject({ $metadata: { attempts: 3 } });
  expect(door.calls).toBe(3);
});

describe("a plain copy", () => {
  test("is what the JSON text would have given", () => {
    const value = { a: [1, "two", null, undefined, { b: true }], c: undefined, ["__proto__"]: { d: 1 } };
    expect(JSON.stringify(plain(value, refuse))).toBe(JSON.stringify(value));
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":1}}');
    expect(JSON.stringify(plain(hostile, refuse))).toBe('{"__proto__":{"polluted":1}}');
  });

  test.each([[new Date(0)], [new Uint8Array(1)], [1n], [NaN], [() => 1]])("refuses %s", (value) => {
    expect(() => plain({ value }, refuse)).toThrow();
  });
});
