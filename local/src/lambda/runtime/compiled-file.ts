import { readFileSync, statSync } from "node:fs";
import { Script } from "node:vm";
import { UnknownFeature } from "../../errors.ts";

/** Evaluates a file of a function once for one environment: first given that environment's globals, then CommonJS's own names. */
export type CompiledFile = (
  globals: Readonly<Record<string, unknown>>,
) => (
  exports: unknown,
  require: (name: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

/**
 * Names that a handler finds shadowed. They are parameters of an outer function, so that the file may declare the same
 * names itself, as `const crypto = require("node:crypto")` does.
 */
const shadowed = [
  "globalThis",
  "global",
  "process",
  "console",
  "Date",
  "Math",
  "performance",
  "crypto",
  "AbortSignal",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "setImmediate",
  "clearImmediate",
  "fetch",
  "WebSocket",
  "EventSource",
  "BroadcastChannel",
  "MessageChannel",
];

/** `import("node:…")` of a bundle, which `vm` would hand to the process's own loader. */
const dynamicImport = /\bimport\((?=\s*["'][a-z:_/0-9]+["']\s*\))/g;
/** As long as `import`, so that columns stay as they are. */
const importName = "imp0rt";

const outer = `(function ({ ${[...shadowed, importName].join(", ")} }) { return `;
const prefix = `${outer}function (exports, require, module, __filename, __dirname) { `;

export const ecmaScriptModule = "an ECMAScript module: bundle the handler as CommonJS (esbuild's format cjs)";

const compiledFiles = new Map<string, { stamp: string; compiled: CompiledFile }>();

/**
 * Compiles a file once for the process: environments, functions and clouds share the byte code.
 * @param taskPath how the file is called on Lambda, for stack traces: `/var/task/index.js`
 * @throws SyntaxError as V8 gives it
 * @throws UnknownFeature for an ECMAScript module
 */
export function compileFile(path: string, taskPath: string): CompiledFile {
  const { mtimeMs, size } = statSync(path);
  const stamp = `${mtimeMs} ${size} ${taskPath}`;
  const known = compiledFiles.get(path);
  if (known?.stamp === stamp) return known.compiled;
  const compiled = compile(readFileSync(path, "utf8"), taskPath);
  compiledFiles.set(path, { stamp, compiled });
  return compiled;
}

function compile(source: string, taskPath: string): CompiledFile {
  const wrapped = `${prefix}${source.replace(dynamicImport, `${importName}(`)}\n}})`;
  try {
    return new Script(wrapped, { filename: taskPath, columnOffset: -prefix.length }).runInThisContext() as CompiledFile;
  } catch (error) {
    if (error instanceof SyntaxError && /import statement|Unexpected token 'export'|import\.meta/.test(error.message)) {
      throw new UnknownFeature(ecmaScriptModule, taskPath);
    }
    throw error;
  }
}
