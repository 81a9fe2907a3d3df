import { types } from "node:util";
import type { Clock } from "../../clock.ts";
import { directDoor, directModule, type DirectCalls } from "../../wire/direct.ts";
import type { Send } from "../../wire/node-https.ts";
import { nodeHttps } from "../../wire/node-https.ts";
import { builtInModule, perfHooksWith } from "./built-in-modules.ts";
import type { Chance } from "./chance.ts";
import { installGlobals, virtualPerformance } from "./handler-globals.ts";
import { handlerProcess } from "./handler-process.ts";
import type { LogSink } from "./log.ts";
import { lambdaConsole } from "./log.ts";
import { Modules } from "./modules.ts";
import type { Realm } from "./realm.ts";
import type { Refuse } from "./refusing.ts";
import { taskFiles, taskRoot } from "./task-files.ts";
import { timersModules } from "./timers-modules.ts";
import type { Timers } from "./timers.ts";

export type Handler = (event: unknown, context: object) => unknown;

/** An error of Lambda's Node.js runtime, before the handler runs. */
class RuntimeError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** What a handler's code runs on: globals and modules of its own, all in virtual time and inside the process. */
export function handlerModules(parts: {
  codeFolder: string;
  env: Record<string, string>;
  realm: Realm;
  clock: Clock;
  timers: Timers;
  chance: Chance;
  sink: LogSink;
  send: Send;
  call: DirectCalls;
  onExit: (code: number) => void;
  refuse: Refuse;
}): Modules {
  const { codeFolder, env, realm, clock, timers, chance, sink, send, call, onExit, refuse } = parts;
  const process = handlerProcess(env, clock, sink, onExit, refuse);
  const performance = virtualPerformance(clock);
  const virtualTimers = timersModules(timers, refuse);
  const console = lambdaConsole(sink);
  installGlobals(realm, { process, console, performance, chance, timers, refuse });
  const files = taskFiles(codeFolder, refuse);
  const own = new Map<string, () => object>([
    ["process", () => process],
    ["http", () => nodeHttps(send)],
    ["https", () => nodeHttps(send)],
    [directModule, () => directDoor(call, refuse)],
    ["fs", () => files.fs],
    ["fs/promises", () => files.promises],
    ["crypto", () => chance.nodeCrypto(refuse)],
    ["perf_hooks", () => perfHooksWith(performance, refuse)],
    ["timers", () => virtualTimers.timers],
    ["timers/promises", () => virtualTimers.promises],
  ]);
  const made = new Map<string, object>();
  return new Modules(codeFolder, realm, (name) => {
    const known = made.get(name);
    if (known) return known;
    const module = own.get(name)?.() ?? builtInModule(name, refuse);
    if (module) made.set(name, module);
    return module;
  });
}

/**
 * Loads the handler as Lambda's Node.js runtime does.
 * @param name `file.export`, for instance `index.handler`, the file with folders if need be
 * @throws what the file throws, or an error named Runtime.ImportModuleError, Runtime.HandlerNotFound,
 * Runtime.UserCodeSyntaxError or Runtime.MalformedHandlerName
 */
export function loadHandler(modules: Modules, name: string): Handler {
  const match = /^((?:.*\/)?[^.]*)\.(.*)$/.exec(name);
  if (!match) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  const file = modules.resolve(`${taskRoot}/${match[1]}`);
  if (!file) throw new RuntimeError("Runtime.ImportModuleError", `Error: Cannot find module '${match[1]}'`);
  let found: unknown;
  try {
    found = modules.load(file);
  } catch (error) {
    if (types.isNativeError(error) && error.name === "SyntaxError")
      throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error));
    if ((error as { code?: unknown } | null)?.code === "MODULE_NOT_FOUND") {
      throw new RuntimeError("Runtime.ImportModuleError", String(error));
    }
    throw error;
  }
  for (const part of match[2]!.split(".")) found = (found as Record<string, unknown> | undefined)?.[part];
  if (found === undefined) {
    throw new RuntimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (typeof found !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${name} is not a function`);
  return found as Handler;
}
