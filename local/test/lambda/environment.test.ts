import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import type { AwsCallFault } from "../../src/faults/faults.ts";
import { openLambda, operator, roleArn, startMs } from "./opened.ts";

const throttled = (reason: string) =>
  expect.objectContaining({
    code: "TooManyRequestsException",
    statusCode: 429,
    members: { Reason: reason, Type: "User" },
  });

const inputs = (calls: readonly { input: unknown }[]) => calls.map(({ input }) => input);

test("keeps an environment warm for the next invocation and starts another for a concurrent one", async () => {
  const { create, send, invoke, clock, happened } = openLambda();
  create(`let count = 0;
exports.handler = async () => { console.log(++count); await new Promise((r) => setTimeout(r, 10)); return count; };`);
  await invoke();
  expect((await invoke()).Payload).toBe(2);
  send();
  send();
  await clock.run();
  expect(happened("Log").map(({ line }) => line.split("\t").at(-1))).toEqual(["1", "2", "3", "1"]);
});

test("keeps what a handler writes to global objects in its own environment", async () => {
  const { create, invoke } = openLambda();
  create(`exports.handler = async () => {
    globalThis.mark = (globalThis.mark ?? 0) + 1;
    process.env.MARK += "x";
    return [globalThis.mark, process.env.MARK];
  };`);
  create("exports.handler = async () => [globalThis.mark ?? null, process.env.MARK ?? null];", {
    functionName: "other",
  });
  await invoke();
  expect((await invoke()).Payload).toEqual([2, "undefinedxx"]);
  expect((await invoke({}, "other")).Payload).toEqual([null, null]);
  expect("mark" in globalThis).toBe(false);
  expect(process.env["MARK"]).toBeUndefined();
});

test("shows a handler virtual time only", async () => {
  const { create, invoke } = openLambda();
  create(`exports.handler = async (event, context) => {
    const before = [Date.now(), new Date().toISOString(), context.getRemainingTimeInMillis(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return [before, Date.now(), new Date() instanceof Date, new Date(5).getTime(), Date.parse("1970-01-01T00:00:01Z"),
      context.getRemainingTimeInMillis(), performance.now(), process.uptime()];
  };`);
  expect((await invoke()).Payload).toEqual([
    [startMs, "2026-01-01T00:00:00.000Z", 3000, 0],
    startMs + 1500,
    true,
    5,
    1000,
    1500,
    1500,
    1.5,
  ]);
});

test("gives the same random numbers in every run, others in every environment, others with another seed", async () => {
  const source = `const crypto = require("node:crypto");
exports.handler = async () => [Math.random(), crypto.randomUUID(), crypto.randomBytes(4).toString("hex"),
  globalThis.crypto.getRandomValues(new Uint8Array(2))[0]];`;
  const run = async (seed: number) => {
    const { create, invoke } = openLambda({ seed });
    create(source);
    create(source, { functionName: "other" });
    return [(await invoke()).Payload, (await invoke()).Payload, (await invoke({}, "other")).Payload];
  };
  const first = await run(1);
  expect(await run(1)).toEqual(first);
  expect(new Set(first.map(String)).size).toBe(3);
  expect(await run(2)).not.toEqual(first);
  expect((first[0] as string[])[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("hashes for real", async () => {
  const { create, invoke } = openLambda();
  create(
    'const { createHash } = require("crypto"); ' +
      'exports.handler = async () => createHash("sha256").update("").digest("hex").slice(0, 8);',
  );
  expect((await invoke()).Payload).toBe("e3b0c442");
});

test("sets the function's variables and Lambda's own", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async () => process.env;", { environment: { TABLE: "orders" }, memoryMegabytes: 256 });
  expect((await invoke()).Payload).toMatchObject({
    TABLE: "orders",
    AWS_REGION: "us-east-1",
    AWS_LAMBDA_FUNCTION_NAME: "handler",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    _HANDLER: "index.handler",
    LAMBDA_TASK_ROOT: "/var/task",
  });
});

test("turns down a variable that is Lambda's own", () => {
  const { create } = openLambda();
  expect(() => create("", { environment: { AWS_REGION: "eu-west-2" } })).toThrow(/reserved keys .* AWS_REGION/);
});

test("loads other files of the code, once, and reads none but its own", async () => {
  const { create, invoke } = openLambda();
  create(
    {
      "src/index.js": `const { twice } = require("./twice");
const fs = require("fs"); const { readFile } = require("node:fs/promises");
exports.handler = async () => [twice(2), require("./twice") === require("../src/twice.js"), __filename,
  require("../data.json").a,
  fs.readFileSync("/var/task/data.json", "utf8"), fs.existsSync("/etc/passwd"),
  await readFile("/home/sbx_user1051/.aws/config").catch((error) => error.code)];`,
      "src/twice.js": "exports.twice = (n) => 2 * n;",
      "data.json": '{"a":1}',
    },
    { handler: "src/index.handler" },
  );
  expect((await invoke()).Payload).toEqual([4, true, "/var/task/src/index.js", 1, '{"a":1}', false, "ENOENT"]);
});

test.each([
  ["fetch('https://example.com')", "fetch"],
  ["require('node:net').connect(80)", "net.connect"],
  ["require('node:child_process').spawnSync('ls')", "child_process.spawnSync"],
  ["require('fs').writeFileSync('/tmp/a', '')", "fs.writeFileSync"],
  ["require('zlib').gzip('', () => {})", "zlib.gzip"],
  ["crypto.subtle.digest('SHA-256', new Uint8Array())", "crypto.subtle.digest"],
  ["require('uuid')", "the package uuid"],
  ["new Blob(['a']).text()", "Blob"],
  ["WebAssembly.compile(new Uint8Array())", "WebAssembly.compile"],
  ["Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", "Atomics.wait"],
  ["require('node:vm')", "the module node:vm"],
])("refuses %s by name", async (expression, feature) => {
  const { create, invoke } = openLambda();
  create(`exports.handler = async () => { await ${expression}; };`);
  await expect(invoke()).rejects.toThrow(feature);
});

test("refuses code that leaves the SDK to Lambda's runtime when the function is created", () => {
  const { create } = openLambda();
  const source = 'const { SQSClient } = require("@aws-sdk/client-sqs"); exports.handler = async () => SQSClient.name;';
  expect(() => create(source)).toThrow(/@aws-sdk\/client-sqs, which the code leaves to Lambda's runtime: bundle it/);
});

test.each([
  ["(event, context, callback) => callback(null, 1)", "a handler that takes a callback"],
  ["() => 1", "a handler that returns no promise"],
])("refuses the handler %s", async (handler, feature) => {
  const { create, invoke } = openLambda();
  create(`exports.handler = ${handler};`);
  await expect(invoke()).rejects.toThrow(feature);
});

test.each([
  [{ "index.mjs": "export const handler = async () => 1;" }],
  [{ "index.js": "export const handler = async () => 1;" }],
  [{ "index.js": "exports.handler = async () => 1;", "package.json": '{"type":"module"}' }],
])("refuses ECMAScript modules when the function is created", (files) => {
  const { create } = openLambda();
  expect(() => create(files as Record<string, string>)).toThrow(/an ECMAScript module: bundle the handler as CommonJS/);
});

test.each(["", "for (let i = 0; i < 20; i++) await null;"])(
  "freezes timers between invocations; those due fire when the environment thaws %s",
  async (later) => {
    const { create, invoke, clock, happened } = openLambda();
    create(`const arm = async () => { ${later} setTimeout(() => console.log("fired"), 50); };
exports.handler = async (event) => { if (event.arm) void arm();
  else await new Promise((resolve) => setTimeout(resolve, 5)); };`);
    await invoke({ arm: true });
    expect(clock.nowMs).toBe(startMs);
    clock.schedule(60_000, () => {});
    await clock.run();
    expect(happened("Log")).toEqual([]);
    await invoke({ arm: false });
    expect(happened("Log").map(({ atMs }) => atMs)).toEqual([60_000]);
  },
);

test("discards the environment when a timer throws", async () => {
  const { create, invoke } = openLambda();
  create(`let n = 0;
exports.handler = async () => {
  n += 1;
  if (n === 2) { setTimeout(() => { throw new RangeError("late"); }, 5); await new Promise(() => {}); }
  return n;
};`);
  await invoke();
  expect((await invoke()).Payload).toMatchObject({ errorType: "RangeError", errorMessage: "late" });
  expect((await invoke()).Payload).toBe(1);
});

test("writes log lines as Lambda does, as text and as JSON", async () => {
  const { create, invoke, happened } = openLambda();
  const source = `exports.handler = async () => {
    console.log("a %d", 1);
    console.debug({ b: 2 });
    console.error(new TypeError("bad"));
    process.stdout.write("raw\\n");
  };`;
  create(source);
  create(source, { functionName: "json", logging: { format: "JSON" } });
  await invoke();
  await invoke({}, "json");
  const [text, json] = happened("InvocationStarted").map(({ requestId }) =>
    happened("Log")
      .filter((log) => log.requestId === requestId)
      .map(({ line }) => line),
  );
  const stamp = `2026-01-01T00:00:00.000Z\t${happened("InvocationStarted")[0]!.requestId}`;
  expect(text!.slice(0, 2)).toEqual([`${stamp}\tINFO\ta 1`, `${stamp}\tDEBUG\t{ b: 2 }`]);
  expect(text!.at(-1)).toBe("raw");
  expect(json!.slice(0, -1).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: "INFO", message: "a 1" },
    { level: "ERROR", message: { errorType: "TypeError", errorMessage: "bad" } },
  ]);
});

test("throttles what exceeds the region's and a function's own concurrency", async () => {
  const { create, lambda, clock, happened } = openLambda({ concurrencyLimit: 102 });
  create("exports.handler = async () => new Promise((r) => setTimeout(r, 10));");
  create("exports.handler = async () => new Promise((r) => setTimeout(r, 10));", {
    functionName: "own",
    reservedConcurrency: 2,
  });
  const call = (name: string) => lambda.call("Invoke", { FunctionName: name }, operator) as Promise<unknown>;
  const running = Array.from({ length: 100 }, () => call("handler"));
  const tooMany = expect(call("handler")).rejects.toEqual(throttled("ConcurrentInvocationLimitExceeded"));
  running.push(call("own"), call("own"));
  const moreThanOwn = expect(call("own")).rejects.toEqual(
    throttled("ReservedFunctionConcurrentInvocationLimitExceeded"),
  );
  await clock.run();
  await Promise.all([...running, tooMany, moreThanOwn]);
  expect(happened("InvocationEnded")).toHaveLength(102);
  const again = Array.from({ length: 100 }, () => call("handler"));
  await clock.run();
  await Promise.all(again);
  expect(() => create("", { functionName: "more", reservedConcurrency: 1 })).toThrow(
    /below its minimum value of \[100\]/,
  );
});

test("calls AWS as the function's role, with the invocation as cause", async () => {
  const { create, invoke, reached } = openLambda();
  create(`const https = require("https");
exports.handler = async () => new Promise((resolve) => {
  const headers = { "X-Amz-Target": "DynamoDB_20120810.GetItem" };
  const request = https.request({ method: "POST", host: "dynamodb.us-east-1.amazonaws.com", path: "/", headers },
    (response) => response.on("data", (bytes) =>
      resolve([response.statusCode, String(bytes), response.headers["content-length"], bytes.buffer.byteLength])));
  request.write('{"Table');
  request.end('Name":"orders"}');
});`);
  expect((await invoke()).Payload).toEqual([200, "{}", "2", 2]);
  expect(inputs(reached)).toEqual([{ TableName: "orders" }]);
  expect(reached[0]!.caller.principal).toEqual({ kind: "role", arn: roleArn, session: "handler" });
  expect(reached[0]!.caller.trace).toMatchObject({ correlationId: "order-1" });
});

/** `call(word)` asks DynamoDB for the table of that name, and resolves when the answer arrives. */
const call = `const https = require("node:https");
const call = (TableName) => new Promise((resolve) => {
  const headers = { "x-amz-target": "DynamoDB_20120810.DescribeTable" };
  https.request({ method: "POST", host: "dynamodb.us-east-1.amazonaws.com", headers }, resolve)
    .end(JSON.stringify({ TableName }));
});
`;

test.each([
  ["events", "await new Promise((end) => answer.on('data', (chunk) => chunks.push(chunk)).on('end', end));"],
  ["for await", "for await (const chunk of answer) chunks.push(chunk);"],
  [
    "a stream it is piped into",
    "const { Writable } = require('node:stream'); const write = (chunk, _, next) => (chunks.push(chunk), next());" +
      "await new Promise((end) => answer.pipe(new Writable({ write })).on('finish', end));",
  ],
  ["its bytes, which no stream of Node is", "chunks.push(Buffer.from(answer.slice(0)));"],
])("gives an answer whole by %s", async (_way, read) => {
  const { create, invoke } = openLambda({ answer: () => ({ word: "whole" }) });
  create(`${call} exports.handler = async () => { const answer = await call("word"); const chunks = []; ${read}
  return [answer.statusCode, chunks.length, Buffer.concat(chunks).toString()]; };`);
  expect((await invoke()).Payload).toEqual([200, 1, '{"word":"whole"}']);
});

test("lets nothing out of an environment that has exited", async () => {
  const { create, invoke, reached, happened } = openLambda();
  create(`${call}
exports.handler = async () => { try { process.exit(0); } catch {} console.log("alive"); await call("ghost"); };`);
  expect((await invoke()).Payload).toMatchObject({
    errorMessage: expect.stringMatching(/Runtime exited without providing a reason$/),
  });
  expect(reached).toEqual([]);
  expect(happened("Log")).toEqual([]);
});

test("refuses by name even where the handler catches what is thrown", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async () => { try { await fetch('https://example.com'); } catch { return 'declined'; } };");
  await expect(invoke()).rejects.toThrow(/fetch inside a handler/);
});

test("holds an answer that arrives after the handler returned until the environment thaws", async () => {
  const { create, invoke, reached, happened } = openLambda();
  create(`${call} let first = true;
exports.handler = async () => { if (first) void call("later").then(() => console.log("answered")); first = false; };`);
  await invoke();
  expect(inputs(reached)).toEqual([{ TableName: "later" }]);
  expect(happened("Log")).toEqual([]);
  await invoke();
  expect(happened("Log")).toHaveLength(1);
});

test("a request is closed once it is answered, so that the SDK clears its timers", async () => {
  const { create, invoke } = openLambda();
  create(`const https = require("https"); exports.handler = async () => new Promise((resolve) => {
    const events = [];
    const headers = { "x-amz-target": "DynamoDB_20120810.ListTables" };
    const request = https.request({ method: "POST", host: "dynamodb.us-east-1.amazonaws.com", headers });
    for (const name of ["response", "error", "close"])
      request.on(name, () => { if (events.push(name) === 2) resolve(events); });
    request.end();
  });`);
  expect((await invoke()).Payload).toEqual(["response", "close"]);
});

test("an HMAC is the one of its key, however often the key is used, and whatever becomes of its bytes", async () => {
  const { create, invoke } = openLambda();
  create(`
const { createHmac } = require("crypto");
const hmac = (key) => createHmac("sha256", key).update("text").digest("hex");
const key = Buffer.from("key");
exports.handler = async () => {
  const hmacs = [hmac(key), hmac("key"), hmac(new Uint8Array(key)), hmac(Buffer.alloc(0))];
  key[0] = 75;
  return [...hmacs, hmac(key), hmac("Key")];
};`);
  const { Payload } = await invoke();
  const [ofKey, empty, ofOther] = ["key", "", "Key"].map((key) =>
    createHmac("sha256", key).update("text").digest("hex"),
  );
  expect(Payload).toEqual([ofKey, ofKey, ofKey, empty, ofOther, ofOther]);
});

test("waits no longer once the signal of a wait is aborted, which then rejects", async () => {
  const { create, invoke, clock } = openLambda();
  create(`const { setTimeout: wait, setImmediate: next, scheduler } = require("node:timers/promises");
const ending = (promise) => promise.then((value) => value, ({ name, code, cause }) => [name, code, cause]);
exports.handler = async () => {
  const over = new AbortController();
  const { signal } = over;
  const waits = [wait(2000, "late", { signal }), scheduler.wait(2000, { signal }), wait(10, "in time", { signal })];
  await wait(100);
  over.abort("enough");
  return Promise.all([...waits, wait(2000, "never", { signal }), next("now", {})].map(ending));
};`);
  const aborted = ["AbortError", "ABORT_ERR", "enough"];
  expect((await invoke()).Payload).toEqual([aborted, aborted, "in time", aborted, "now"]);
  expect(clock.nowMs - startMs).toBe(100);
});

test("after a reset nothing is left of what an invocation did not wait for", async () => {
  const { create, invoke, lambda, clock } = openLambda();
  create(`const waits = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let heard = 0;
exports.handler = async (ms) => {
  void waits(50).then(() => { heard += 1; });
  await waits(ms);
  return heard;
};`);
  expect((await invoke(10)).Payload).toBe(0);
  lambda.reset();
  clock.reset();
  expect((await invoke(100)).Payload).toBe(1);
});

test("after a reset an environment is warm, unless a fault befell a call of it", async () => {
  const calls = `const call = () => new Promise((resolve) => {
    const headers = { "x-amz-target": "DynamoDB_20120810.ListTables" };
    require("https").request({ method: "POST", host: "dynamodb.us-east-1.amazonaws.com", headers }, resolve)
      .on("error", resolve).end();
  });`;
  const warmAfter = async (fault: AwsCallFault | undefined) => {
    const { create, invoke, lambda, clock } = openLambda({ faults: { onAwsCall: () => fault } });
    create(`${calls} let count = 0; exports.handler = async () => { await call(); return (count += 1); };`);
    await invoke();
    lambda.reset();
    clock.reset();
    return (await invoke()).Payload;
  };
  expect(await warmAfter(undefined)).toBe(2);
  expect(await warmAfter("lose answer")).toBe(1);
});
