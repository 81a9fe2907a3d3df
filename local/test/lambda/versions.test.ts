import { describe, expect, test } from "vitest";
import { lambdaResources } from "../../src/lambda/resources.ts";
import { openLambda, operator } from "./opened.ts";

const telling = `let runs = 0;
exports.handler = async (event, context) => {
  if (event.fail) throw new RangeError("as asked");
  return [context.functionVersion, context.invokedFunctionArn, process.env.AWS_LAMBDA_FUNCTION_VERSION, (runs += 1)];
};`;
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:handler";

/** A function of which a version is published, as a template does it. */
function published() {
  const opened = openLambda();
  opened.create(telling);
  const version = lambdaResources(opened.lambda).find(({ type }) => type === "AWS::Lambda::Version")!;
  const publish = () =>
    version.create(version.properties.parse({ FunctionName: "handler", Description: "first" }), {
      stackName: "orders",
      logicalId: "Version",
      asset: () => "",
    });
  const invoke = async (input: object) => {
    const answered = opened.lambda.call("Invoke", { FunctionName: "handler", ...input }, operator);
    await opened.clock.run();
    return (await answered) as { ExecutedVersion: string; Payload: string };
  };
  return { ...opened, publish, invoke };
}

describe("a published version", () => {
  test("is given back with its number and ARN", () => {
    const FunctionArn = `${functionArn}:1`;
    expect(published().publish()).toEqual({ ref: FunctionArn, attributes: { FunctionArn, Version: "1" } });
  });

  test("runs in environments of its own, and says who it is", async () => {
    const { publish, invoke } = published();
    publish();
    for (const input of [{ Qualifier: "1" }, { FunctionName: `${functionArn}:1` }, { FunctionName: "handler:1" }]) {
      expect(await invoke(input)).toMatchObject({ ExecutedVersion: "1" });
    }
    expect(JSON.parse((await invoke({ Qualifier: "1" })).Payload)).toEqual(["1", `${functionArn}:1`, "1", 4]);
    const { ExecutedVersion, Payload } = await invoke({});
    expect([ExecutedVersion, JSON.parse(Payload)]).toEqual(["$LATEST", ["$LATEST", functionArn, "$LATEST", 1]]);
  });

  test("is described by its number", () => {
    const { publish, lambda } = published();
    publish();
    const configuration = (Qualifier: string) =>
      lambda.call("GetFunctionConfiguration", { FunctionName: "handler", Qualifier }, operator);
    expect(configuration("1")).toMatchObject({ Version: "1", FunctionArn: `${functionArn}:1` });
    expect(configuration("$LATEST")).toMatchObject({ Version: "$LATEST", FunctionArn: functionArn });
    expect(lambda.call("ListFunctions", {}, operator)).toMatchObject({ Functions: [{ Version: "$LATEST" }] });
  });

  test("has a configuration of asynchronous invocation of its own, and its records name it", async () => {
    const { publish, lambda, invoke, reached } = published();
    publish();
    const config = {
      maximumRetryAttempts: 0,
      maximumEventAgeMs: 60_000,
      onSuccessArn: undefined,
      onFailureArn: "arn:aws:events:us-east-1:000000000000:event-bus/orders",
    };
    lambda.putEventInvokeConfig("handler", config, "1");
    const Payload = '{"fail":true}';
    await invoke({ Qualifier: "1", InvocationType: "Event", Payload });
    await invoke({ InvocationType: "Event", Payload });
    const entries = reached.flatMap(
      ({ input }) => (input["Entries"] ?? []) as { Detail: string; Resources: string[] }[],
    );
    expect(entries.map(({ Resources }) => Resources[1])).toEqual([`${functionArn}:1`]);
    expect(JSON.parse(entries[0]!.Detail)).toMatchObject({
      requestContext: { functionArn: `${functionArn}:1`, approximateInvokeCount: 1 },
      responseContext: { executedVersion: "1" },
    });
    expect(() => lambda.call("GetFunctionEventInvokeConfig", { FunctionName: "handler" }, operator)).toThrow(
      `The function ${functionArn}:$LATEST doesn't have an EventInvokeConfig`,
    );
  });

  test("is not published twice of the same code", () => {
    const { publish } = published();
    publish();
    expect(publish).toThrow("A version for this Lambda function exists ( 1 ). Modify the function to create a new");
  });

  test("is named by one qualifier", () => {
    const { publish, lambda } = published();
    publish();
    const invoke = (input: object) => lambda.call("Invoke", { FunctionName: "handler:1", ...input }, operator);
    expect(() => invoke({ Qualifier: "$LATEST" })).toThrow("does not match the specified qualifier");
    expect(() => invoke({ FunctionName: "handler:2" })).toThrow(`Function not found: ${functionArn}:2`);
  });
});
