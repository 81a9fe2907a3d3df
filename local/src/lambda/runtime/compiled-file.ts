import { readFileSync, statSync } from "node:fs";
import { Script } from "node:vm";
import { UnknownFeature } from "../../errors.ts";

/** CommonJS's own names for a file, and what its `import("node:…")` calls. */
export type CompiledFile = (
  exports: unknown,
  require: (name: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
  importBuiltIn: (name: string) => Promise<object>,
) => void;

/** `import("node:…")` of a bundle, which `vm` would hand to the process's own loader. */
const dynamicImport = /\bimport\((?=\s*["'][a-z:_/0-9]+["']\s*\))/g;
/** As long as `import`, so that columns stay as they are. */
const importName = "imp0rt";

const prefix = `(function (exports, require, module, __filename, __dirname, ${importName}) { `;

export const ecmaScriptModule = "an ECMAScript module: bundle the handler as CommonJS (esbuild's format cjs)";

const compiledFiles = new Map<string, { stamp: string; script: Script }>();

/**
 * Compiles a file once for the process: environments, functions and clouds share the byte code. Evaluated in a
 * realm, it gives a `CompiledFile`.
 * @param taskPath how the file is called on Lambda, for stack traces: `/var/task/index.js`
 * @throws SyntaxError as V8 gives it
 * @throws UnknownFeature for an ECMAScript module, and for code that leaves the SDK to Lambda's runtime
 */
export function compileFile(path: string, taskPath: string): Script {
  const { mtimeMs, size } = statSync(path);
  const stamp = `${mtimeMs} ${size} ${taskPath}`;
  const known = compiledFiles.get(path);
  if (known?.stamp === stamp) return known.script;
  const script = compile(readFileSync(path, "utf8"), taskPath);
  compiledFiles.set(path, { stamp, script });
  return script;
}

/** The SDK that Lambda's runtime supplies, in a version that changes with time. */
const suppliedByLambda = /\brequire\(\s*["'](@aws-sdk\/(?:client|lib)-[^"']+)["']\s*\)/;

function compile(source: string, taskPath: string): Script {
  const [, supplied] = suppliedByLambda.exec(source) ?? [];
  if (supplied) {
    throw new UnknownFeature(
      `${supplied}, which the code leaves to Lambda's runtime: bundle it with the handler`,
      taskPath,
    );
  }
  const wrapped = `${prefix}${source.replace(dynamicImport, `${importName}(`)}\n})`;
  try {
    return new Script(wrapped, { filename: taskPath, columnOffset: -prefix.length });
  } catch (error) {
    if (error instanceof SyntaxError && /import statement|Unexpected token 'export'|import\.meta/.test(error.message)) {
      throw new UnknownFeature(ecmaScriptModule, taskPath);
    }
    throw error;
  }
}
