import { existsSync, readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { UnknownFeature } from "../../errors.ts";
import { directModule } from "../../wire/direct.ts";
import { type CompiledFile, compileFile } from "./compiled-file.ts";
import type { Realm } from "./realm.ts";
import { taskRoot } from "./task-files.ts";

interface LoadedModule {
  exports: unknown;
}

/**
 * CommonJS inside one execution environment: files of the function's own code, and the built-in modules it is
 * given.
 */
export class Modules {
  readonly #codeFolder: string;
  readonly #realm: Realm;
  readonly #builtIn: (name: string) => object | undefined;
  readonly #loaded = new Map<string, LoadedModule>();

  /** @param builtIn gives a built-in module by its name without `node:`, undefined where it is not known */
  constructor(codeFolder: string, realm: Realm, builtIn: (name: string) => object | undefined) {
    this.#codeFolder = codeFolder;
    this.#builtIn = builtIn;
    this.#realm = realm;
  }

  /** @param taskPath absolute, as on Lambda: `/var/task/index.js` */
  load(taskPath: string): unknown {
    const known = this.#loaded.get(taskPath);
    if (known) return known.exports;
    const path = join(this.#codeFolder, taskPath.slice(taskRoot.length));
    const module: LoadedModule = this.#realm.object({ exports: this.#realm.object({}) });
    this.#loaded.set(taskPath, module);
    try {
      if (taskPath.endsWith(".json")) module.exports = this.#realm.parse(readFileSync(path, "utf8"));
      else this.#evaluate(module, path, taskPath);
    } catch (error) {
      this.#loaded.delete(taskPath);
      throw error;
    }
    return module.exports;
  }

  #evaluate(module: LoadedModule, path: string, taskPath: string): void {
    const folder = posix.dirname(taskPath);
    const require = (name: string) => this.#require(name, folder);
    const importBuiltIn = (name: string) => this.#import(name);
    const evaluate = this.#realm.evaluate(compileFile(path, taskPath)) as CompiledFile;
    evaluate.call(module.exports, module.exports, require, module, taskPath, folder, importBuiltIn);
  }

  #require(name: string, folder: string): unknown {
    if (isBuiltin(name) || name === directModule) return this.#requireBuiltIn(name);
    if (!/^\.{0,2}\//.test(name)) {
      throw new UnknownFeature(`the package ${name} outside of the bundle: bundle it with the handler`, folder);
    }
    const file = this.resolve(posix.resolve(folder, name));
    if (file) return this.load(file);
    throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- ${folder}`), {
      code: "MODULE_NOT_FOUND",
    });
  }

  /** @returns the file that a path without extension stands for; undefined where there is none */
  resolve(taskPath: string): string | undefined {
    if (!taskPath.startsWith(`${taskRoot}/`)) return undefined;
    for (const candidate of [
      taskPath,
      `${taskPath}.js`,
      `${taskPath}.cjs`,
      `${taskPath}.json`,
      `${taskPath}/index.js`,
    ]) {
      const path = join(this.#codeFolder, candidate.slice(taskRoot.length));
      if (existsSync(path) && statSync(path).isFile()) return candidate;
    }
    return undefined;
  }

  #requireBuiltIn(name: string): object {
    const found = this.#builtIn(name.replace(/^node:/, ""));
    if (!found) throw new UnknownFeature(`the module ${name} inside a handler`, "the handler's code");
    return found;
  }

  /** `import("node:…")`: a namespace with the module as its default. */
  async #import(name: string): Promise<object> {
    const found = this.#requireBuiltIn(isBuiltin(name) ? name : `node:${name}`);
    return this.#realm.object({ ...found, default: found });
  }
}
