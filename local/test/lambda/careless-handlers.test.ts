import { EventEmitter } from "node:events";
import os from "node:os";
import path from "node:path";
import { StringDecoder } from "node:string_decoder";
import { afterAll, describe, expect, test } from "vitest";
import { openLambda } from "./opened.ts";

/** What a careless handler is, and how its invocation ends: its result, or its error as Lambda writes it. */
type Careless = readonly [what: string, source: string, outcome: unknown];

const handler = (body: string) => `exports.handler = async (event, context) => { ${body} };`;
const failure = (errorType: string, errorMessage: unknown = expect.any(String)) =>
  expect.objectContaining({ errorType, errorMessage });
const neverSettled = failure("Runtime.NodeJsExit", expect.stringMatching(/^The Lambda runtime client detected/));
const timedOut = failure("Sandbox.Timedout", expect.stringMatching(/Error: Task timed out after 3.00 seconds$/));
const unhandled = (message: string) => failure("Runtime.UnhandledPromiseRejection", message);

const careless: readonly Careless[] = [
  // Objects that everybody shares
  ["pollutes Object.prototype", handler("Object.prototype.polluted = 'yes'; return ({}).polluted;"), "yes"],
  ["pollutes it by way of the event", handler("event.__proto__.polluted = 1; return ({}).polluted;"), 1],
  ["pollutes it by way of the context", handler("context.__proto__.polluted = 1; return ({}).polluted;"), 1],
  ["pollutes it by way of its exports", "exports.__proto__.polluted = 1;" + handler("return ({}).polluted;"), 1],
  ["replaces JSON.stringify", handler("JSON.stringify = () => '\"mine\"'; return 1;"), "mine"],
  ["replaces Array.prototype.map", handler("Array.prototype.map = () => 'none'; return [1].map(String);"), "none"],
  ["replaces a function of a module", handler("require('path').join = () => 'x'; return require('path').join();"), "x"],
  [
    "replaces one of a part of it",
    handler("const { posix } = require('path'); posix.join = () => 'x'; return posix.join();"),
    "x",
  ],
  [
    "changes a constant of a module",
    handler("const { constants } = require('os'); constants.signals.SIGINT = 0; return constants.signals.SIGINT;"),
    0,
  ],
  ["leaves a global undeclared", handler("leaked = 1; return globalThis.leaked;"), 1],
  ["sets a global", handler("globalThis.leaked = 1; return leaked;"), 1],
  ["deletes a global", handler("delete globalThis.Buffer; return typeof Buffer;"), "undefined"],
  ["replaces Date", handler("Date = undefined; return typeof Date;"), "undefined"],
  // Ways around the substitutes
  [
    "ends the process it finds by Function",
    handler("Function('return process')().exit(7);"),
    failure("Runtime.ExitError", expect.stringMatching(/exit status 7$/)),
  ],
  ["reads the wall clock by Function", handler("return Function('return Date.now()')();"), 1_767_225_600_000],
  ["reads the wall clock by an indirect eval", handler("return (0, eval)('new Date().getTime()');"), 1_767_225_600_000],
  [
    "reads the wall clock by a date's constructor",
    handler("return new (new Date(0).constructor)().getTime();"),
    1_767_225_600_000,
  ],
  [
    "reads the wall clock by Intl",
    handler("return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }).format();"),
    "01/01/2026",
  ],
  ["takes chance by Function", handler("return Function('return Math.random()')();"), 0.5464560757391155],
  // Failures that nobody waits for
  [
    "does not await what fails",
    handler("void (async () => { throw new Error('lost'); })(); await new Promise(() => {});"),
    unhandled("Error: lost"),
  ],
  ["rejects with nothing", handler("Promise.reject(); await new Promise(() => {});"), unhandled("undefined")],
  [
    "rejects later",
    handler("setTimeout(() => Promise.reject(new Error('late')), 5); await new Promise((r) => setTimeout(r, 9));"),
    unhandled("Error: late"),
  ],
  [
    "rejects in a module of Node",
    handler("require('node:fs/promises').readFile('/etc/passwd'); await new Promise(() => {});"),
    unhandled("Error: ENOENT: no such file or directory, open '/etc/passwd'"),
  ],
  [
    "throws in a timer",
    handler("setTimeout(() => { throw new TypeError('tick'); }, 5); await new Promise((r) => setTimeout(r, 9));"),
    failure("TypeError", "tick"),
  ],
  [
    "throws in nextTick",
    handler("process.nextTick(() => { throw new TypeError('tick'); }); await new Promise(() => {});"),
    failure("TypeError", "tick"),
  ],
  [
    "throws in queueMicrotask",
    handler("queueMicrotask(() => { throw new TypeError('tick'); }); await new Promise(() => {});"),
    failure("TypeError", "tick"),
  ],
  [
    "throws in a stream's listener",
    handler(`require('stream').Readable.from(['a']).on('data', () => { throw new TypeError('data'); });
      await new Promise(() => {});`),
    failure("TypeError", "data"),
  ],
  [
    "throws when an answer arrives",
    handler(`const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
      const host = 'dynamodb.us-east-1.amazonaws.com';
      const answered = () => { throw new TypeError('answer'); };
      await new Promise(() => require('https').request({ method: 'POST', host, headers }, answered).end());`),
    failure("TypeError", "answer"),
  ],
  // Things that cannot be told
  [
    "throws what cannot be made text",
    handler("throw { toString() { throw new Error('no'); } };"),
    failure("handled", expect.stringMatching(/^callback called with Error argument/)),
  ],
  ["throws nothing", handler("throw undefined;"), failure("string", "handled")],
  [
    "throws an error without a stack",
    handler("throw Object.assign(new Error('bare'), { stack: undefined });"),
    failure("handled"),
  ],
  [
    "returns a circle",
    handler("const a = {}; a.a = a; return a;"),
    failure("Error", "Unable to stringify response body"),
  ],
  ["returns a bigint", handler("return 1n;"), failure("Error", "Unable to stringify response body")],
  [
    "recurses without end",
    handler("const f = () => f() + 1; return f();"),
    failure("RangeError", "Maximum call stack size exceeded"),
  ],
  // Promises that are never settled
  ["waits for nothing", handler("await new Promise(() => {});"), neverSettled],
  [
    "waits for an event that nobody emits",
    handler("await require('events').once(new (require('events'))(), 'never');"),
    neverSettled,
  ],
  [
    "waits for nothing while a timer is pending",
    handler("setInterval(() => {}, 500); await new Promise(() => {});"),
    timedOut,
  ],
  ["waits longer than its timeout", handler("await new Promise((resolve) => setTimeout(resolve, 60_000));"), timedOut],
];

/** What every handler of a process, and the process itself, would share without realms. */
const shared = (): unknown[] =>
  [
    globalThis,
    Object.prototype,
    Array.prototype,
    Promise.prototype,
    JSON,
    path,
    path.posix,
    os.constants.signals,
  ].flatMap((object) => [
    ...Reflect.ownKeys(object),
    ...Object.values(Object.getOwnPropertyDescriptors(object)).map(({ value }) => value as unknown),
  ]);
// Node loads some of its globals when they are first looked at, and leaves a mark of its own.
shared();
const before = shared();
const innocent = `exports.handler = async (event) => [typeof leaked, ({}).polluted ?? null,
  JSON.stringify([1].map(String)),
  typeof Buffer, require("path").join("a", "b"), event];`;

describe("a handler that", () => {
  test.each(careless)("%s ends alone", async (_what, source, outcome) => {
    const { create, invoke, happened } = openLambda();
    create(source);
    create(innocent, { functionName: "innocent" });
    expect((await invoke()).Payload).toEqual(outcome);
    expect((await invoke({ a: 1 }, "innocent")).Payload).toEqual([
      "undefined",
      null,
      '["1"]',
      "function",
      "a/b",
      { a: 1 },
    ]);
    expect(happened("InvocationEnded")).toHaveLength(2);
  });
});

test("that returned before its rejection was seen has succeeded, and its environment is gone", async () => {
  const { create, invoke } = openLambda();
  create(`let count = 0; ${handler("Promise.reject(new Error('lost')); return (count += 1);")}`);
  expect((await invoke()).Payload).toBe(1);
  expect((await invoke()).Payload).toBe(1);
});

test("bytes, errors, dates and promises of Node's own modules are what they are inside the realm", async () => {
  const { create, invoke } = openLambda();
  create(
    handler(`const { createHash } = require("crypto");
    const error = await require("fs/promises").readFile("/etc/passwd").catch((error) => error);
    const thrown = (() => { try { Buffer.from(null); } catch (error) { return error; } })();
    return [
      Buffer.from("a") instanceof Uint8Array, new TextEncoder().encode("a") instanceof Uint8Array,
      createHash("md5").update(new Uint8Array([97])).digest("hex").slice(0, 4),
      Buffer.from(new Uint8Array([97])).toString(),
      new TextDecoder().decode(new Uint8Array([97])), error instanceof Error, thrown instanceof TypeError,
      thrown instanceof RangeError, require("util").inspect({ a: [new Map([[1, new Error("x").message]])] }),
      new URL("https://a/b").pathname, structuredClone({ a: 1 }).a, (class A extends Error {}) instanceof Error,
      new (class A extends Error {})() instanceof Error, [] instanceof Array, {} instanceof Object,
      AbortSignal.timeout(5) instanceof AbortSignal,
    ];`),
  );
  expect((await invoke()).Payload).toEqual([
    true,
    true,
    "0cc1",
    "a",
    "a",
    true,
    true,
    false,
    "{ a: [ Map(1) { 1 => 'x' } ] }",
    "/b",
    1,
    false,
    true,
    true,
    true,
    true,
  ]);
});

afterAll(() => {
  const changed = shared().filter((each, index) => !Object.is(each, before[index]));
  expect(changed).toEqual([]);
});

describe("what belongs to the process", () => {
  const harmless = "exports.handler = async () => 1;";

  test("names the function that changes it, and puts it back", async () => {
    const { create, invoke } = openLambda();
    create(harmless, { functionName: "innocent" });
    create(handler("require('events').prototype.polluted = 1; return 1;"), { functionName: "guilty" });
    await invoke({}, "innocent");
    await expect(invoke({}, "guilty")).rejects.toThrow(
      /a change of the process's own EventEmitter.prototype.polluted \(at the function guilty\)/,
    );
    expect("polluted" in new EventEmitter()).toBe(false);
  });

  test("names all that ran where it was changed later", async () => {
    const { create, invoke, send } = openLambda();
    create(harmless, { functionName: "innocent" });
    create(handler("if (event.now) Buffer.from = () => 'mine'; return 1;"), { functionName: "guilty" });
    await invoke({}, "guilty");
    const { from } = Object.getOwnPropertyDescriptors(Buffer);
    send({}, "innocent");
    await expect(invoke({ now: true }, "guilty")).rejects.toThrow(/own Buffer.from \(at the function .*guilty/);
    expect(Object.getOwnPropertyDescriptor(Buffer, "from")).toEqual(from);
  });

  /** Adds what no loop over the object comes upon. */
  const defining = "Object.defineProperty(require('string_decoder').StringDecoder.prototype";

  test("names the function that defines something when it first runs, whatever ran before", async () => {
    const { create, invoke } = openLambda();
    create(harmless, { functionName: "innocent" });
    create(handler(`${defining}, 'mine', { value: 1, configurable: true }); return 1;`), { functionName: "guilty" });
    await invoke({}, "innocent");
    await invoke({}, "innocent");
    await expect(invoke({}, "guilty")).rejects.toThrow(/own StringDecoder.prototype.mine \(at the function guilty\)/);
    expect("mine" in StringDecoder.prototype).toBe(false);
  });

  test("names a function that assigns, in whichever run", async () => {
    const { create, invoke } = openLambda();
    create(handler("if (event.now) require('events').prototype.polluted = 1; return 1;"));
    for (let run = 0; run < 3; run += 1) await invoke();
    await expect(invoke({ now: true })).rejects.toThrow(/own EventEmitter.prototype.polluted \(at the function/);
  });

  test("names who changed something when it first ran, and not who runs on after that", async () => {
    const { create, invoke, send } = openLambda();
    create(handler("require('events').prototype.polluted = 1; return 1;"), { functionName: "guilty" });
    create(harmless, { functionName: "innocent" });
    await invoke({}, "innocent");
    send({}, "guilty");
    await expect(invoke({}, "innocent")).rejects.toThrow(
      /own EventEmitter.prototype.polluted \(at the function guilty\)/,
    );
  });

  test("names who changed something, and not who starts after that", async () => {
    const { create, invoke, send } = openLambda();
    create(handler("if (event.now) require('events').prototype.polluted = 1; return 1;"), { functionName: "guilty" });
    create(harmless, { functionName: "newcomer" });
    for (let run = 0; run < 3; run += 1) await invoke({}, "guilty");
    send({ now: true }, "guilty");
    await expect(invoke({}, "newcomer")).rejects.toThrow(
      /own EventEmitter.prototype.polluted \(at the function guilty\)/,
    );
  });

  test("names one that changes something while another has started and ended", async () => {
    const { create, invoke, send } = openLambda();
    const late =
      "if (event.now) await new Promise((r) => setTimeout(r, 10)), (require('events').prototype.polluted = 1)";
    create(handler(`${late}; return 1;`), { functionName: "guilty" });
    create(harmless, { functionName: "newcomer" });
    await invoke({}, "guilty");
    send({ now: true }, "guilty");
    await expect(invoke({}, "newcomer")).rejects.toThrow(/EventEmitter.prototype.polluted \(at the function .*guilty/);
  });

  test("names a function that goes on defining", async () => {
    const { create, invoke } = openLambda();
    create(handler(`if (event.name) ${defining}, event.name, { value: 1, configurable: true }); return 1;`));
    await invoke();
    const names = Array.from({ length: 16 }, (_, index) => `mine${index}`);
    const invokeAll = async () => {
      for (const name of names) await invoke({ name });
    };
    await expect(invokeAll()).rejects.toThrow(/own StringDecoder.prototype.mine\d+ \(at the function/);
    for (const name of names) Reflect.deleteProperty(StringDecoder.prototype, name);
  });

  test("puts back what a function assigned, and nothing that the process itself defined before that run", async () => {
    const { create, invoke } = openLambda();
    create(handler("if (event.now) require('events').prototype.polluted = 1; return 1;"));
    await invoke();
    Object.defineProperty(StringDecoder.prototype, "ours", { value: 1, configurable: true });
    await expect(invoke({ now: true })).rejects.toThrow(/own EventEmitter.prototype.polluted \(at the function/);
    expect("ours" in StringDecoder.prototype).toBe(true);
    Reflect.deleteProperty(StringDecoder.prototype, "ours");
  });

  test.each([
    ["defined", false],
    ["assigned", true],
  ])("does not blame a function for what the process itself %s between two runs", async (_, enumerable) => {
    const { create, invoke } = openLambda();
    create(harmless);
    await invoke();
    Object.defineProperty(StringDecoder.prototype, "ours", { value: 1, configurable: true, enumerable });
    expect((await invoke()).Payload).toBe(1);
    create(harmless, { functionName: "newcomer" });
    expect((await invoke({}, "newcomer")).Payload).toBe(1);
    for (let run = 0; run < 16; run += 1) expect((await invoke()).Payload).toBe(1);
    expect("ours" in StringDecoder.prototype).toBe(true);
    Reflect.deleteProperty(StringDecoder.prototype, "ours");
  });
});
