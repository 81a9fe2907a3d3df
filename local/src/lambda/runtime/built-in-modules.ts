import assert from "node:assert";
import asyncHooks from "node:async_hooks";
import buffer from "node:buffer";
import childProcess from "node:child_process";
import nodeConsole from "node:console";
import dgram from "node:dgram";
import diagnosticsChannel from "node:diagnostics_channel";
import dns from "node:dns";
import events from "node:events";
import http2 from "node:http2";
import nodeModule from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import perfHooks from "node:perf_hooks";
import querystring from "node:querystring";
import stream from "node:stream";
import streamPromises from "node:stream/promises";
import stringDecoder from "node:string_decoder";
import tls from "node:tls";
import url from "node:url";
import util from "node:util";
import workerThreads from "node:worker_threads";
import zlib from "node:zlib";
import { type Refuse, refusing } from "./refusing.ts";

/** Built-in modules that answer from their arguments alone, and so are the real ones. */
const real: Readonly<Record<string, object>> = {
  assert,
  "assert/strict": assert.strict,
  async_hooks: asyncHooks,
  buffer,
  console: nodeConsole,
  diagnostics_channel: diagnosticsChannel,
  events,
  path,
  "path/posix": path.posix,
  querystring,
  stream,
  "stream/promises": streamPromises,
  string_decoder: stringDecoder,
  url,
  util,
  "util/types": util.types,
};

/** Built-in modules that reach out of the process or onto other threads: a bundle may load them, not use them. */
const outside: Readonly<Record<string, object>> = {
  child_process: childProcess,
  dgram,
  dns,
  http2,
  module: nodeModule,
  net,
  tls,
  worker_threads: workerThreads,
};

/** `node:zlib` without its streams and callbacks, which work on other threads. */
const syncZlib = Object.fromEntries(
  Object.entries(zlib).filter(([name, value]) => name.endsWith("Sync") || typeof value !== "function"),
);

/** `node:os` of an execution environment, the same on every machine. */
const lambdaOs = {
  EOL: "\n",
  arch: () => "x64",
  endianness: () => "LE",
  homedir: () => "/home/sbx_user1051",
  hostname: () => "169.254.0.1",
  platform: () => "linux",
  release: () => "6.1.0",
  tmpdir: () => "/tmp",
  type: () => "Linux",
};

/**
 * A built-in module that needs nothing of the environment.
 * @param name without `node:`
 * @returns undefined for a module the cloud does not know
 */
export function builtInModule(name: string, refuse: Refuse): object | undefined {
  if (name === "zlib") return { ...refusing(refuse, name, zlib), ...syncZlib };
  if (name === "os") return { ...refusing(refuse, name, os), ...lambdaOs, constants: copied(os.constants) };
  const refused = outside[name];
  if (!refused) return copied(real[name]) as object | undefined;
  const constants = "constants" in refused && { constants: copied(refused.constants) };
  return { ...refusing(refuse, name, refused), ...constants };
}

/**
 * A handler may put functions of its own into a module, and into the objects in it. What is a function, such as a
 * class, is shared.
 */
function copied(value: unknown, known = new Map<unknown, object>()): unknown {
  if (!isPlain(value)) return value;
  const before = known.get(value);
  if (before) return before;
  const copy: Record<string, unknown> = {};
  known.set(value, copy);
  for (const [name, member] of Object.entries(value)) copy[name] = copied(member, known);
  return copy;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** `node:perf_hooks` with the environment's own `performance`. */
export const perfHooksWith = (performance: object, refuse: Refuse): object => ({
  ...refusing(refuse, "perf_hooks", perfHooks),
  performance,
});
